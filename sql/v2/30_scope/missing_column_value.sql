-- missing_column_value: the ODS extract's values in the compared columns that the SIS extract does
-- not have.
--
-- If the SIS extract has every compared column, as it should, this view is empty and costs no time.
--
-- grain:    one row per line of the ODS extract, if the SIS file lacks a compared column
-- key:      ods_line
-- reads:    ods_record, sis_column_given
-- stored:   no

create or replace view recon.missing_column_value as

select
    ods.ods_line,
    -- each compared code: case when not given.<code> then ods.<code> end as <code>,
    case when not given.school_of_attendance_nps then ods.school_of_attendance_nps end
        as school_of_attendance_nps,
    case when not given.enrollment_status_code then ods.enrollment_status_code end
        as enrollment_status_code,
    case when not given.grade_level_code then ods.grade_level_code end as grade_level_code,
    case when not given.student_exit_reason_code then ods.student_exit_reason_code end
        as student_exit_reason_code,
    case
        when not given.student_school_completion_status_code
            then ods.student_school_completion_status_code
    end as student_school_completion_status_code,
    case
        when not given.expected_receiver_school_of_attendance
            then ods.expected_receiver_school_of_attendance
    end as expected_receiver_school_of_attendance,
    case
        when not given.student_met_all_uc_csu_requirements_indicator
            then ods.student_met_all_uc_csu_requirements_indicator
    end as student_met_all_uc_csu_requirements_indicator,
    case when not given.student_school_transfer_code then ods.student_school_transfer_code end
        as student_school_transfer_code,
    case
        when not given.district_of_geographic_residence_code
            then ods.district_of_geographic_residence_code
    end as district_of_geographic_residence_code,
    case
        when not given.student_golden_state_seal_merit_diploma_indicator
            then ods.student_golden_state_seal_merit_diploma_indicator
    end as student_golden_state_seal_merit_diploma_indicator,
    case
        when not given.student_seal_of_biliteracy_indicator
            then ods.student_seal_of_biliteracy_indicator
    end as student_seal_of_biliteracy_indicator,
    case
        when not given.adult_age_students_with_disabilities_in_transition_status
            then ods.adult_age_students_with_disabilities_in_transition_status
    end as adult_age_students_with_disabilities_in_transition_status,
    case when not given.graduation_exemption_indicator then ods.graduation_exemption_indicator end
        as graduation_exemption_indicator,
    -- end (make lock writes these lines)
    case when not given.enrollment_exit_date then ods.enrollment_exit_date end
        as enrollment_exit_date,
    case when not given.enrollment_exit_date then ods.enrollment_exit_date_unreadable end
        as enrollment_exit_date_unreadable

from recon.ods_record as ods
cross join staging.sis_column_given as given

where
    not (
        given.enrollment_exit_date
        -- each compared code: and given.<code>
        and given.school_of_attendance_nps
        and given.enrollment_status_code
        and given.grade_level_code
        and given.student_exit_reason_code
        and given.student_school_completion_status_code
        and given.expected_receiver_school_of_attendance
        and given.student_met_all_uc_csu_requirements_indicator
        and given.student_school_transfer_code
        and given.district_of_geographic_residence_code
        and given.student_golden_state_seal_merit_diploma_indicator
        and given.student_seal_of_biliteracy_indicator
        and given.adult_age_students_with_disabilities_in_transition_status
        and given.graduation_exemption_indicator
        -- end (make lock writes these lines)
    );
