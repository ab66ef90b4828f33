-- sis_record: all records of the SIS, each with its ODS record.
--
-- These are the records that the comparison looks at, and those of agreeing students.
--
-- grain:    one row per line of the SIS extract
-- key:      sis_line
-- reads:    sis_to_compare, agreeing_record, sis_translated, missing_column_value
-- stored:   no

create or replace view recon.sis_record as

select
    sis_line,
    ods_line,
    ssid,
    local_student_id,
    student_key,
    student_lea,
    reporting_lea,
    school_of_attendance,
    student_gender_code,
    -- each compared code: <code>,
    school_of_attendance_nps,
    enrollment_status_code,
    grade_level_code,
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
    next_grade_level_code,
    next_school_of_attendance,
    student_with_disability,
    enrollment_start_date,
    enrollment_start_date_unreadable,
    school_year_start,
    enrollment_exit_date,
    enrollment_exit_date_unreadable,
    has_exit_date,
    scope_reason,
    not_sent_reason,
    is_key_twice

from recon.sis_to_compare

union all

select
    sis.sis_line,
    agreeing.ods_line,
    sis.ssid,
    sis.local_student_id,
    sis.student_key,
    sis.student_lea,
    sis.reporting_lea,
    sis.school_of_attendance,
    sis.student_gender_code,
    -- each compared code: coalesce(sis.<code>, ods_value.<code>) as <code>,
    coalesce(sis.school_of_attendance_nps, ods_value.school_of_attendance_nps)
        as school_of_attendance_nps,
    coalesce(sis.enrollment_status_code, ods_value.enrollment_status_code)
        as enrollment_status_code,
    coalesce(sis.grade_level_code, ods_value.grade_level_code) as grade_level_code,
    coalesce(sis.student_exit_reason_code, ods_value.student_exit_reason_code)
        as student_exit_reason_code,
    coalesce(
        sis.student_school_completion_status_code,
        ods_value.student_school_completion_status_code
    ) as student_school_completion_status_code,
    coalesce(
        sis.expected_receiver_school_of_attendance,
        ods_value.expected_receiver_school_of_attendance
    ) as expected_receiver_school_of_attendance,
    coalesce(
        sis.student_met_all_uc_csu_requirements_indicator,
        ods_value.student_met_all_uc_csu_requirements_indicator
    ) as student_met_all_uc_csu_requirements_indicator,
    coalesce(sis.student_school_transfer_code, ods_value.student_school_transfer_code)
        as student_school_transfer_code,
    coalesce(
        sis.district_of_geographic_residence_code,
        ods_value.district_of_geographic_residence_code
    ) as district_of_geographic_residence_code,
    coalesce(
        sis.student_golden_state_seal_merit_diploma_indicator,
        ods_value.student_golden_state_seal_merit_diploma_indicator
    ) as student_golden_state_seal_merit_diploma_indicator,
    coalesce(
        sis.student_seal_of_biliteracy_indicator,
        ods_value.student_seal_of_biliteracy_indicator
    ) as student_seal_of_biliteracy_indicator,
    coalesce(
        sis.adult_age_students_with_disabilities_in_transition_status,
        ods_value.adult_age_students_with_disabilities_in_transition_status
    ) as adult_age_students_with_disabilities_in_transition_status,
    coalesce(sis.graduation_exemption_indicator, ods_value.graduation_exemption_indicator)
        as graduation_exemption_indicator,
    -- end (make lock writes these lines)
    sis.next_grade_level_code,
    sis.next_school_of_attendance,
    sis.student_with_disability,
    sis.enrollment_start_date,
    sis.enrollment_start_date_unreadable,
    sis.school_year_start,
    sis.enrollment_exit_date,
    sis.enrollment_exit_date_unreadable,
    sis.enrollment_exit_date is not null as has_exit_date,
    sis.scope_reason,
    cast(null as varchar) as not_sent_reason,
    false as is_key_twice

from recon.agreeing_record as agreeing
inner join recon.sis_translated as sis on agreeing.sis_line = sis.sis_line
left join recon.missing_column_value as ods_value on agreeing.ods_line = ods_value.ods_line;
