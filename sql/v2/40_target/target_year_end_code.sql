-- target_year_end_code: how the year-end close-out would end each enrollment that is still open.
--
-- grain:    one row per open SIS record in scope
-- key:      sis_line
-- reads:    sis_record, target_exit_ahead, calendar, listed_school, run_parameters
-- stored:   yes

create or replace view recon.target_year_end_code as

with

open_records as (

    select
        sis.sis_line,
        sis.ods_line,
        sis.reporting_lea,
        sis.school_of_attendance,
        sis.enrollment_status_code,
        sis.grade_level_code,
        -- transitional kindergarten counts as kindergarten in a school's grade span
        case sis.grade_level_code when 'TK' then 'KN' else sis.grade_level_code end as span_grade,
        sis.student_school_completion_status_code,
        sis.next_grade_level_code,
        sis.next_school_of_attendance,
        sis.enrollment_start_date,
        sis.school_year_start,
        sis.enrollment_exit_date as set_aside_exit_date

    from recon.sis_record as sis
    left join recon.target_exit_ahead as exit_ahead on sis.sis_line = exit_ahead.sis_line

    where
        sis.scope_reason is null
        and (
            exit_ahead.sis_line is not null
            or (
                -- an exit reason without a date is an error to report, not an open record
                not sis.has_exit_date
                and (
                    sis.student_exit_reason_code is null
                    or sis.student_school_completion_status_code is not null
                )
            )
        )

),

last_days as (

    select
        open_records.sis_line,
        coalesce(of_school.last_day, of_lea.last_day) as last_day

    from open_records
    left join reference.calendar as of_lea
        on
            open_records.school_year_start = of_lea.school_year_start
            and of_lea.school_of_attendance is null
    left join reference.calendar as of_school
        on
            open_records.school_year_start = of_school.school_year_start
            and open_records.school_of_attendance = of_school.school_of_attendance

)

select
    open_records.sis_line,
    open_records.ods_line,
    open_records.enrollment_start_date,
    open_records.school_year_start,
    last_days.last_day,
    case
        when last_days.last_day is null then 'NO-LAST-DAY'
        when open_records.enrollment_start_date > last_days.last_day then 'START-AFTER-LAST-DAY'
        when open_records.set_aside_exit_date <= last_days.last_day then 'OWN-EXIT'
        when open_records.set_aside_exit_date > last_days.last_day then 'EXIT-AFTER-LAST-DAY'
        when open_records.enrollment_status_code in ('20', '50') then 'E170'
        when open_records.student_school_completion_status_code is not null then 'E230'
        when
            open_records.grade_level_code in ('IN', 'TD', 'PS')
            and parameters.prekindergarten_exit = 'E450' then 'E450'
        when
            open_records.grade_level_code = '12'
            and (open_records.next_grade_level_code = '12' or parameters.grade_12 = 'E156')
            then 'E156'
        when open_records.grade_level_code = '12' then 'SENIOR-UNDECIDED'
        when
            open_records.span_grade
            = case listed_school.high_grade when 'TK' then 'KN' else listed_school.high_grade end
            or open_records.next_school_of_attendance <> open_records.school_of_attendance
            then 'PROMOTION-UNDECIDED'
        else 'E155'
    end as year_end_code

from open_records
inner join last_days on open_records.sis_line = last_days.sis_line
cross join reference.run_parameters as parameters
left join recon.listed_school
    on
        open_records.reporting_lea = listed_school.reporting_lea
        and open_records.school_of_attendance = listed_school.school_of_attendance;
