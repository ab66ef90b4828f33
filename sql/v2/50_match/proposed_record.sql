-- proposed_record: every record that would be sent if no student were on hold.
--
-- The action's id is a hash of the class and the content, and does not depend on the run or the
-- line, so the same record has the same id in every run. It is sent as the Local Record ID.
--
-- grain:    one row per record
-- key:      action_id
-- reads:    record_from_ods, record_from_sis
-- stored:   yes

create or replace view recon.proposed_record as

with

records as (

    select * from recon.record_from_ods
    union all
    select * from recon.record_from_sis

)

select
    md5(
        concat_ws(
            '^',
            class,
            -- each value to send: coalesce(<value>, ''),
            coalesce(transaction_type_code, ''),
            coalesce(reporting_lea, ''),
            coalesce(school_of_attendance, ''),
            coalesce(school_of_attendance_nps, ''),
            coalesce(academic_year_id, ''),
            coalesce(ssid, ''),
            coalesce(local_student_id, ''),
            coalesce(student_legal_first_name, ''),
            coalesce(student_legal_middle_name, ''),
            coalesce(student_legal_last_name, ''),
            coalesce(student_legal_name_suffix, ''),
            coalesce(student_alias_first_name, ''),
            coalesce(student_alias_middle_name, ''),
            coalesce(student_alias_last_name, ''),
            coalesce(student_birth_date_text, ''),
            coalesce(student_gender_code, ''),
            coalesce(student_birth_city, ''),
            coalesce(student_birth_state_province_code, ''),
            coalesce(student_birth_country_code, ''),
            coalesce(enrollment_start_date_text, ''),
            coalesce(enrollment_status_code, ''),
            coalesce(grade_level_code, ''),
            coalesce(enrollment_exit_date_text, ''),
            coalesce(student_exit_reason_code, ''),
            coalesce(student_school_completion_status_code, ''),
            coalesce(expected_receiver_school_of_attendance, ''),
            coalesce(student_met_all_uc_csu_requirements_indicator, ''),
            coalesce(student_school_transfer_code, ''),
            coalesce(district_of_geographic_residence_code, ''),
            coalesce(student_golden_state_seal_merit_diploma_indicator, ''),
            coalesce(student_seal_of_biliteracy_indicator, ''),
            coalesce(adult_age_students_with_disabilities_in_transition_status, ''),
            coalesce(graduation_exemption_indicator, '')
            -- end (make lock writes these lines)
        )
    ) as action_id,
    class,
    student_key,
    ods_line,
    sis_line,
    -- each value to send: <value>,
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
    student_birth_date_text,
    student_gender_code,
    student_birth_city,
    student_birth_state_province_code,
    student_birth_country_code,
    enrollment_start_date_text,
    enrollment_status_code,
    grade_level_code,
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
    graduation_exemption_indicator,
    -- end (make lock writes these lines)
    student_birth_date,
    enrollment_start_date,
    school_year_start,
    enrollment_exit_date

from records;
