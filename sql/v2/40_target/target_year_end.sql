-- target_year_end: how open records of this school year end, near its last school day or after it.
--
-- grain:    one row per open SIS record in scope of this school year, while the year-end close-out
--           is due at its school and switched on
-- key:      sis_line
-- reads:    target_year_end_code, run_parameters
-- stored:   no

create or replace view recon.target_year_end as

select
    year_end.sis_line,
    year_end.last_day,
    year_end.year_end_code,
    case
        when year_end.year_end_code in ('E155', 'E156', 'E170', 'E230', 'E450') then 'CLOSE-OUT'
        else year_end.year_end_code
    end as outcome

from recon.target_year_end_code as year_end
cross join reference.run_parameters as parameters

where
    year_end.enrollment_start_date >= parameters.school_year_start
    and parameters.close_open_enrollments
    and parameters.as_of >= year_end.last_day - parameters.year_end_window_days;
