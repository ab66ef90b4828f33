-- target_year_end: how open records of this school year end, near the last school day or after it.
--
-- grain:    one row per open SIS record in scope of this school year, while the year-end close-out
--           is due at its school and switched on
-- key:      sis_line
-- reads:    target_year_end_code, code, run_parameters
-- stored:   no

create or replace view recon.target_year_end as

select
    year_end.sis_line,
    case
        when exit_reason.is_year_end then 'CLOSE-OUT'
        else year_end.year_end_code
    end as outcome

from recon.target_year_end_code as year_end
cross join reference.run_parameters as parameters
left join reference.code as exit_reason
    on exit_reason.code_set = 'exit_reason' and year_end.year_end_code = exit_reason.code

where
    year_end.enrollment_start_date >= parameters.school_year_start
    and parameters.close_open_enrollments
    and parameters.as_of >= year_end.last_day - parameters.year_end_window_days;
