-- record_to_check: the records that would be sent, without the removals, and the ODS records that
-- serve as evidence.
--
-- Most rules are about records that CALPADS will have after the upload. A check of removals reads
-- proposed_record; a check of many fields at once reads proposed_field. Records of the class
-- evidence show which of our rules CALPADS does not apply.
--
-- grain:    one row per record that would be sent, but for removals, and per evidence record
-- key:      action_id
-- reads:    proposed_record, evidence_record
-- stored:   yes

create or replace view recon.record_to_check as

select
    action_id,
    class,
    student_key,
    ods_line,
    sis_line,
    transaction_type_code,
    reporting_lea,
    school_of_attendance,
    school_of_attendance_nps,
    academic_year_id,
    ssid,
    local_student_id,
    student_legal_first_name,
    student_legal_middle_name,
    student_legal_last_name,
    student_legal_name_suffix,
    student_alias_first_name,
    student_alias_middle_name,
    student_alias_last_name,
    student_birth_date,
    student_birth_date_text,
    student_gender_code,
    student_birth_city,
    student_birth_state_province_code,
    student_birth_country_code,
    enrollment_start_date,
    enrollment_start_date_text,
    school_year_start,
    enrollment_status_code,
    grade_level_code,
    enrollment_exit_date,
    enrollment_exit_date_text,
    student_exit_reason_code,
    student_school_completion_status_code,
    expected_receiver_school_of_attendance,
    student_met_all_uc_csu_requirements_indicator,
    student_school_transfer_code,
    district_of_geographic_residence_code,
    student_golden_state_seal_merit_diploma_indicator,
    student_seal_of_biliteracy_indicator,
    adult_age_students_with_disabilities_in_transition_status,
    graduation_exemption_indicator

from recon.proposed_record

where class <> 'remove'

union all

select
    action_id,
    class,
    student_key,
    ods_line,
    sis_line,
    transaction_type_code,
    reporting_lea,
    school_of_attendance,
    school_of_attendance_nps,
    academic_year_id,
    ssid,
    local_student_id,
    student_legal_first_name,
    student_legal_middle_name,
    student_legal_last_name,
    student_legal_name_suffix,
    student_alias_first_name,
    student_alias_middle_name,
    student_alias_last_name,
    student_birth_date,
    student_birth_date_text,
    student_gender_code,
    student_birth_city,
    student_birth_state_province_code,
    student_birth_country_code,
    enrollment_start_date,
    enrollment_start_date_text,
    school_year_start,
    enrollment_status_code,
    grade_level_code,
    enrollment_exit_date,
    enrollment_exit_date_text,
    student_exit_reason_code,
    student_school_completion_status_code,
    expected_receiver_school_of_attendance,
    student_met_all_uc_csu_requirements_indicator,
    student_school_transfer_code,
    district_of_geographic_residence_code,
    student_golden_state_seal_merit_diploma_indicator,
    student_seal_of_biliteracy_indicator,
    adult_age_students_with_disabilities_in_transition_status,
    graduation_exemption_indicator

from recon.evidence_record;
