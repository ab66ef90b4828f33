-- sis_record: the SIS's records beside the ODS record of the same operational key.
--
-- A compared column that the SIS file lacks keeps the ODS's value. A key that stands twice on
-- either side is paired with nothing: its student is held.
--
-- grain:    one row per line of the SIS extract
-- key:      sis_line
-- reads:    sis_translated, repeated_key, ods_record, sis_column_given, run_parameters
-- stored:   yes

create or replace view recon.sis_record as

with

-- empty where the SIS file has every compared column, as it should, and then costs nothing
ods_values as (

    select
        ods.ods_line,
        ods.school_of_attendance_nps,
        ods.enrollment_status_code,
        ods.grade_level_code,
        ods.enrollment_exit_date,
        ods.enrollment_exit_date_unreadable,
        ods.student_exit_reason_code,
        ods.student_school_completion_status_code,
        ods.expected_receiver_school_of_attendance,
        ods.student_met_all_uc_csu_requirements_indicator,
        ods.student_school_transfer_code,
        ods.district_of_geographic_residence_code,
        ods.student_golden_state_seal_merit_diploma_indicator,
        ods.student_seal_of_biliteracy_indicator,
        ods.adult_age_students_with_disabilities_in_transition_status,
        ods.graduation_exemption_indicator

    from recon.ods_record as ods
    cross join staging.sis_column_given as given

    where
        not (
            given.school_of_attendance_nps
            and given.enrollment_status_code
            and given.grade_level_code
            and given.enrollment_exit_date
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
        )

)

select
    sis.sis_line,
    ods.ods_line,
    sis.ssid,
    sis.local_student_id,
    sis.student_key,
    sis.student_lea,
    sis.reporting_lea,
    sis.school_of_attendance,
    sis.student_gender_code,
    case
        when given.school_of_attendance_nps
            then sis.school_of_attendance_nps
        else ods_value.school_of_attendance_nps
    end as school_of_attendance_nps,
    case
        when given.enrollment_status_code
            then sis.enrollment_status_code
        else ods_value.enrollment_status_code
    end as enrollment_status_code,
    case
        when given.grade_level_code
            then sis.grade_level_code
        else ods_value.grade_level_code
    end as grade_level_code,
    case
        when given.student_exit_reason_code
            then sis.student_exit_reason_code
        else ods_value.student_exit_reason_code
    end as student_exit_reason_code,
    case
        when given.student_school_completion_status_code
            then sis.student_school_completion_status_code
        else ods_value.student_school_completion_status_code
    end as student_school_completion_status_code,
    case
        when given.expected_receiver_school_of_attendance
            then sis.expected_receiver_school_of_attendance
        else ods_value.expected_receiver_school_of_attendance
    end as expected_receiver_school_of_attendance,
    case
        when given.student_met_all_uc_csu_requirements_indicator
            then sis.student_met_all_uc_csu_requirements_indicator
        else ods_value.student_met_all_uc_csu_requirements_indicator
    end as student_met_all_uc_csu_requirements_indicator,
    case
        when given.student_school_transfer_code
            then sis.student_school_transfer_code
        else ods_value.student_school_transfer_code
    end as student_school_transfer_code,
    case
        when given.district_of_geographic_residence_code
            then sis.district_of_geographic_residence_code
        else ods_value.district_of_geographic_residence_code
    end as district_of_geographic_residence_code,
    case
        when given.student_golden_state_seal_merit_diploma_indicator
            then sis.student_golden_state_seal_merit_diploma_indicator
        else ods_value.student_golden_state_seal_merit_diploma_indicator
    end as student_golden_state_seal_merit_diploma_indicator,
    case
        when given.student_seal_of_biliteracy_indicator
            then sis.student_seal_of_biliteracy_indicator
        else ods_value.student_seal_of_biliteracy_indicator
    end as student_seal_of_biliteracy_indicator,
    case
        when given.adult_age_students_with_disabilities_in_transition_status
            then sis.adult_age_students_with_disabilities_in_transition_status
        else ods_value.adult_age_students_with_disabilities_in_transition_status
    end as adult_age_students_with_disabilities_in_transition_status,
    case
        when given.graduation_exemption_indicator
            then sis.graduation_exemption_indicator
        else ods_value.graduation_exemption_indicator
    end as graduation_exemption_indicator,
    sis.next_grade_level_code,
    sis.next_school_of_attendance,
    sis.student_with_disability,
    sis.enrollment_start_date,
    sis.enrollment_start_date_unreadable,
    make_date(
        year(sis.enrollment_start_date)
        - case when month(sis.enrollment_start_date) < 7 then 1 else 0 end,
        7,
        1
    ) as school_year_start,
    case
        when given.enrollment_exit_date then sis.enrollment_exit_date
        else ods_value.enrollment_exit_date
    end as enrollment_exit_date,
    case
        when given.enrollment_exit_date then sis.enrollment_exit_date_unreadable
        else ods_value.enrollment_exit_date_unreadable
    end as enrollment_exit_date_unreadable,
    case
        when given.enrollment_exit_date
            then
                sis.enrollment_exit_date is not null
                or sis.enrollment_exit_date_unreadable is not null
        else
            ods_value.enrollment_exit_date is not null
            or ods_value.enrollment_exit_date_unreadable is not null
    end as has_exit_date,
    sis.scope_reason,
    case
        when sis.scope_reason is not null or repeated.is_in_ods then null
        when ods.ods_line is not null then null
        when sis.enrollment_start_date > parameters.as_of then 'FUTURE-START'
        when
            sis.enrollment_start_date < parameters.school_year_start
            and parameters.change_years = 'current' then 'PRIOR-YEAR-SIS-ONLY'
    end as not_sent_reason,
    repeated.student_key is not null as is_key_twice

from recon.sis_translated as sis
cross join reference.run_parameters as parameters
cross join staging.sis_column_given as given
left join recon.repeated_key as repeated
    on
        sis.scope_reason is null
        and sis.student_key = repeated.student_key
        and coalesce(sis.school_of_attendance, '') = repeated.school_of_attendance
        and coalesce(
            cast(sis.enrollment_start_date as varchar), sis.enrollment_start_date_unreadable, ''
        ) = repeated.start_date
left join recon.ods_record as ods
    on
        sis.student_key = ods.student_key
        and sis.school_of_attendance = ods.school_of_attendance
        and sis.enrollment_start_date = ods.enrollment_start_date
        and sis.scope_reason is null
        and ods.scope_reason is null
        and repeated.student_key is null
        and sis.ssid is not null
        and ods.ssid is not null
left join ods_values as ods_value on ods.ods_line = ods_value.ods_line;
