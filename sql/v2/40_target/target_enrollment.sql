-- target_enrollment: the SIS's enrollments as CALPADS should show them.
--
-- `compared_values` has the compared fields as one text, as in ods_to_compare: the exit date first,
-- then the codes, with carets between them. A caret in a SIS field is a line break in this text. No
-- field of the ODS extract can contain either, so two texts are equal only if all fields are equal.
--
-- grain:    one row per SIS record in scope
-- key:      sis_line
-- reads:    sis_to_compare, target_exit
-- stored:   no

create or replace view recon.target_enrollment as

with

targets as (

    select
        sis.sis_line,
        sis.ods_line,
        sis.ssid,
        sis.local_student_id,
        sis.student_key,
        sis.student_lea,
        sis.reporting_lea,
        sis.school_of_attendance,
        sis.school_of_attendance_nps,
        year(sis.school_year_start) || '-' || (year(sis.school_year_start) + 1) as academic_year_id,
        sis.student_gender_code,
        sis.enrollment_start_date,
        sis.enrollment_start_date_unreadable,
        sis.school_year_start,
        sis.enrollment_status_code,
        sis.grade_level_code,
        target_exit.enrollment_exit_date,
        target_exit.enrollment_exit_date_unreadable,
        target_exit.student_exit_reason_code,
        target_exit.student_school_completion_status_code,
        target_exit.expected_receiver_school_of_attendance,
        target_exit.student_met_all_uc_csu_requirements_indicator,
        target_exit.student_golden_state_seal_merit_diploma_indicator,
        target_exit.student_seal_of_biliteracy_indicator,
        target_exit.graduation_exemption_indicator,
        sis.student_school_transfer_code,
        sis.district_of_geographic_residence_code,
        sis.adult_age_students_with_disabilities_in_transition_status,
        sis.student_with_disability,
        target_exit.exit_outcome,
        target_exit.has_completion_contradiction,
        sis.not_sent_reason,
        sis.is_key_twice

    from recon.sis_to_compare as sis
    inner join recon.target_exit on sis.sis_line = target_exit.sis_line

)

select
    *,
    concat_ws(
        '^',
        coalesce(
            strftime(enrollment_exit_date, '%Y%m%d'),
            replace(enrollment_exit_date_unreadable, '^', chr(10)),
            ''
        ),
        -- each compared code: coalesce(replace(<code>, '^', chr(10)), ''),
        coalesce(replace(school_of_attendance_nps, '^', chr(10)), ''),
        coalesce(replace(enrollment_status_code, '^', chr(10)), ''),
        coalesce(replace(grade_level_code, '^', chr(10)), ''),
        coalesce(replace(student_exit_reason_code, '^', chr(10)), ''),
        coalesce(replace(student_school_completion_status_code, '^', chr(10)), ''),
        coalesce(replace(expected_receiver_school_of_attendance, '^', chr(10)), ''),
        coalesce(replace(student_met_all_uc_csu_requirements_indicator, '^', chr(10)), ''),
        coalesce(replace(student_school_transfer_code, '^', chr(10)), ''),
        coalesce(replace(district_of_geographic_residence_code, '^', chr(10)), ''),
        coalesce(replace(student_golden_state_seal_merit_diploma_indicator, '^', chr(10)), ''),
        coalesce(replace(student_seal_of_biliteracy_indicator, '^', chr(10)), ''),
        coalesce(
            replace(adult_age_students_with_disabilities_in_transition_status, '^', chr(10)),
            ''
        ),
        coalesce(replace(graduation_exemption_indicator, '^', chr(10)), '')
        -- end (make lock writes these lines)
    ) as compared_values

from targets;
