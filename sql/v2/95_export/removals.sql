-- removals: the records of the files 001_Removals: deletes by operational key.
--
-- The fields are those of the upload record, in its order and as text, exactly as they are written;
-- lines inside a file go by school, SSID and start date.
--
-- grain:    one row per record to be uploaded
-- key:      local_record_id
-- reads:    planned_record
-- stored:   no

create or replace view recon.removals as

select
    file_number,
    'SENR' as record_type_code,
    transaction_type_code,
    action_id as local_record_id,
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
    student_birth_date_text as student_birth_date,
    student_gender_code,
    student_birth_city,
    student_birth_state_province_code,
    student_birth_country_code,
    enrollment_start_date_text as enrollment_start_date,
    enrollment_status_code,
    grade_level_code,
    enrollment_exit_date_text as enrollment_exit_date,
    student_exit_reason_code,
    student_school_completion_status_code,
    expected_receiver_school_of_attendance,
    student_met_all_uc_csu_requirements_indicator,
    student_school_transfer_code,
    district_of_geographic_residence_code,
    student_golden_state_seal_merit_diploma_indicator,
    student_seal_of_biliteracy_indicator,
    adult_age_students_with_disabilities_in_transition_status,
    graduation_exemption_indicator,
    class,
    reason,
    is_unconfirmed,
    ods_line,
    sis_line

from recon.planned_record

where category = 'removals';
