-- senr0187_short_term_over_30_days: short-term enrollments to be sent that last more than 30 days.
--
-- An open one counts to the as-of date.
--
-- rule:     SENR0187
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, run_parameters
-- stored:   no

create or replace view recon.senr0187_short_term_over_30_days as

select
    'SENR0187' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'enrollment_exit_date' as field,
    strftime(proposed.enrollment_exit_date, '%Y%m%d') as value

from recon.proposed_record as proposed
cross join reference.run_parameters as parameters

where
    proposed.class <> 'remove'
    and proposed.enrollment_status_code = '30'
    and coalesce(proposed.enrollment_exit_date, parameters.as_of) - proposed.enrollment_start_date
    > 30;
