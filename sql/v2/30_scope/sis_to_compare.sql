-- sis_to_compare: the SIS's records as the comparison sees them, each with its ODS record, without
-- the students on whom both sides plainly agree.
--
-- A compared column that the SIS extract does not have keeps its value from the ODS extract.
--
-- grain:    one row per line of the SIS extract, without those of agreeing students
-- key:      sis_line
-- reads:    sis_paired, missing_column_value
-- stored:   yes

create or replace view recon.sis_to_compare as

select
    sis.sis_line,
    sis.ods_line,
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
    coalesce(sis.enrollment_exit_date, ods_value.enrollment_exit_date) as enrollment_exit_date,
    coalesce(sis.enrollment_exit_date_unreadable, ods_value.enrollment_exit_date_unreadable)
        as enrollment_exit_date_unreadable,
    sis.enrollment_exit_date is not null
    or sis.enrollment_exit_date_unreadable is not null
    or ods_value.enrollment_exit_date is not null
    or ods_value.enrollment_exit_date_unreadable is not null as has_exit_date,
    sis.scope_reason,
    sis.not_sent_reason,
    sis.is_key_twice

from recon.sis_paired as sis
left join recon.missing_column_value as ods_value on sis.ods_line = ods_value.ods_line;
