-- notice_year_end: how many open enrollments the year-end close-out closes, by school year and exit
-- reason.
--
-- grain:    one row per notice
-- key:      is_this_school_year, student_exit_reason_code
-- reads:    planned_record, target_exit, run_parameters
-- stored:   no

create or replace view recon.notice_year_end as

with

closed_enrollments as (

    select
        planned.enrollment_start_date >= parameters.school_year_start as is_this_school_year,
        planned.student_exit_reason_code

    from recon.planned_record as planned
    inner join recon.target_exit on planned.sis_line = target_exit.sis_line
    cross join reference.run_parameters as parameters

    where target_exit.exit_outcome = 'CLOSE-OUT'

)

select
    is_this_school_year,
    student_exit_reason_code,
    count(*) as records

from closed_enrollments

group by
    is_this_school_year,
    student_exit_reason_code;
