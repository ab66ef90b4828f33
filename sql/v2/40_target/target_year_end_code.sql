-- target_year_end_code: how the year-end close-out would end each enrollment that is still open.
--
-- The next school and the next grade decide first. Only if both are blank or do not say, a student
-- in the top grade of the school may leave for another one.
--
-- grain:    one row per open SIS record in scope
-- key:      sis_line
-- reads:    open_record, calendar, top_grade, run_parameters
-- stored:   yes

create or replace view recon.target_year_end_code as

with

last_days as (

    select
        open_record.sis_line,
        coalesce(of_school.last_day, of_lea.last_day) as last_day

    from recon.open_record
    left join reference.calendar as of_lea
        on
            open_record.school_year_start = of_lea.school_year_start
            and of_lea.school_of_attendance is null
    left join reference.calendar as of_school
        on
            open_record.school_year_start = of_school.school_year_start
            and open_record.school_of_attendance = of_school.school_of_attendance

)

select
    open_record.sis_line,
    open_record.ods_line,
    open_record.enrollment_start_date,
    open_record.school_year_start,
    last_days.last_day,
    case
        when last_days.last_day is null then 'NO-LAST-DAY'
        when open_record.enrollment_start_date > last_days.last_day then 'START-AFTER-LAST-DAY'
        when open_record.set_aside_exit_date <= last_days.last_day then 'OWN-EXIT'
        when open_record.set_aside_exit_date > last_days.last_day then 'EXIT-AFTER-LAST-DAY'
        when open_record.enrollment_status_code in ('20', '50') then 'E170'
        when open_record.student_school_completion_status_code is not null then 'E230'
        when
            open_record.grade_level_code in ('IN', 'TD', 'PS')
            and parameters.prekindergarten_exit = 'E450' then 'E450'
        when
            open_record.grade_level_code = '12'
            and (open_record.next_grade_level_code = '12' or parameters.grade_12 = 'E156')
            then 'E156'
        when open_record.grade_level_code = '12' then 'SENIOR-UNDECIDED'
        when open_record.next_school_of_attendance <> open_record.school_of_attendance
            then 'PROMOTION-UNDECIDED'
        when open_record.next_school_of_attendance = open_record.school_of_attendance then 'E155'
        when open_record.next_grade_level_code = open_record.grade_level_code then 'E155'
        when
            open_record.grade_level_code <> 'AD'
            and open_record.grade_order >= top_grade.grade_order then 'PROMOTION-UNDECIDED'
        else 'E155'
    end as year_end_code

from recon.open_record
inner join last_days on open_record.sis_line = last_days.sis_line
cross join reference.run_parameters as parameters
left join recon.top_grade
    on
        open_record.reporting_lea = top_grade.reporting_lea
        and open_record.school_of_attendance = top_grade.school_of_attendance;
