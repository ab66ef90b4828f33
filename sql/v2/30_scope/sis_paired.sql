-- sis_paired: the SIS's records, each with the ODS record of the same operational key.
--
-- A key that occurs twice on either side has no pair, and its student is on hold. A record without
-- a pair is not sent if it starts after the as-of date or belongs to an earlier school year, unless
-- that year is still open.
--
-- grain:    one row per line of the SIS extract, without those of agreeing students
-- key:      sis_line
-- reads:    sis_translated, sis_line_to_compare, repeated_key, prior_year_conflict, ods_to_compare,
--           run_parameters
-- stored:   no

create or replace view recon.sis_paired as

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
    sis.next_grade_level_code,
    sis.next_school_of_attendance,
    sis.student_with_disability,
    -- each compared code: sis.<code>,
    sis.school_of_attendance_nps,
    sis.enrollment_status_code,
    sis.grade_level_code,
    sis.student_exit_reason_code,
    sis.student_school_completion_status_code,
    sis.expected_receiver_school_of_attendance,
    sis.student_met_all_uc_csu_requirements_indicator,
    sis.student_school_transfer_code,
    sis.district_of_geographic_residence_code,
    sis.student_golden_state_seal_merit_diploma_indicator,
    sis.student_seal_of_biliteracy_indicator,
    sis.adult_age_students_with_disabilities_in_transition_status,
    sis.graduation_exemption_indicator,
    -- end (make lock writes these lines)
    sis.enrollment_start_date,
    sis.enrollment_start_date_unreadable,
    sis.school_year_start,
    sis.enrollment_exit_date,
    sis.enrollment_exit_date_unreadable,
    sis.scope_reason,
    case
        when sis.scope_reason is not null or repeated.is_in_ods then null
        when ods.ods_line is not null then null
        when sis.enrollment_start_date > parameters.as_of then 'FUTURE-START'
        when prior_year_conflict.sis_line is not null then 'PRIOR-YEAR-SIS-ONLY'
        when sis.school_year_start = parameters.open_prior_year_start then null
        when
            sis.enrollment_start_date < parameters.school_year_start
            and parameters.change_years = 'current' then 'PRIOR-YEAR-SIS-ONLY'
    end as not_sent_reason,
    repeated.student_key is not null as is_key_twice

from recon.sis_translated as sis
cross join reference.run_parameters as parameters
inner join recon.sis_line_to_compare as compared on sis.sis_line = compared.sis_line
left join recon.repeated_key as repeated
    on
        sis.scope_reason is null
        and sis.student_key = repeated.student_key
        and coalesce(sis.school_of_attendance, '') = repeated.school_of_attendance
        and coalesce(
            cast(sis.enrollment_start_date as varchar), sis.enrollment_start_date_unreadable, ''
        ) = repeated.start_date
left join recon.prior_year_conflict on sis.sis_line = prior_year_conflict.sis_line
left join recon.ods_to_compare as ods
    on
        sis.student_key = ods.student_key
        and sis.school_of_attendance = ods.school_of_attendance
        and sis.enrollment_start_date = ods.enrollment_start_date
        and sis.scope_reason is null
        and ods.scope_reason is null
        and repeated.student_key is null
        and sis.ssid is not null
        and ods.ssid is not null;
