-- exit_future_over_30_days: records to be sent whose exit date is more than 30 days ahead.
--
-- rule:     EXIT-FUTURE
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, run_parameters
-- stored:   no

create or replace view recon.exit_future_over_30_days as

select
    'EXIT-FUTURE' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'enrollment_exit_date' as field,
    strftime(proposed.enrollment_exit_date, '%Y%m%d') as value

from recon.proposed_record as proposed
cross join reference.run_parameters as parameters

where
    proposed.class <> 'remove'
    and proposed.enrollment_exit_date > parameters.as_of + 30;
