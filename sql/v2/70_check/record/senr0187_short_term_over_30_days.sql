-- senr0187_short_term_over_30_days: short-term enrollments to be sent that last more than 30 days.
--
-- The first and the last day count; an open enrollment counts up to the as-of date.
--
-- rule:     SENR0187
-- severity: fatal
-- since:    always
-- fix:      in the SIS, close the enrollment, or make it a primary enrollment if the student stays,
--           then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, run_parameters
-- stored:   no

create or replace view recon.senr0187_short_term_over_30_days as

select
    record_to_check.action_id,
    'enrollment_exit_date' as field

from recon.record_to_check
cross join reference.run_parameters as parameters

where
    record_to_check.enrollment_status_code = '30'
    and coalesce(record_to_check.enrollment_exit_date, parameters.as_of)
    - record_to_check.enrollment_start_date >= 30;
