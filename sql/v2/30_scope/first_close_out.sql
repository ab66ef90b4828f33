-- first_close_out: the first day of this school year on which the year-end close-out is due at some
-- school.
--
-- Without a calendar it is far in the future.
--
-- grain:    one row
-- key:      first_day
-- reads:    calendar, run_parameters
-- stored:   no

create or replace view recon.first_close_out as

select
    coalesce(min(calendar.last_day - parameters.year_end_window_days), date '9999-12-31')
        as first_day

from reference.calendar as calendar
inner join reference.run_parameters as parameters
    on calendar.school_year_start = parameters.school_year_start;
