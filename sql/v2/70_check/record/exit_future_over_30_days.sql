-- exit_future_over_30_days: records to be sent whose exit date is more than 30 days ahead.
--
-- rule:     EXIT-FUTURE
-- severity: fatal
-- since:    always
-- fix:      correct the exit date in the SIS, or leave the enrollment open until the student
--           leaves, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, run_parameters
-- stored:   no

create or replace view recon.exit_future_over_30_days as

select
    record_to_check.action_id,
    'enrollment_exit_date' as field

from recon.record_to_check
cross join reference.run_parameters as parameters

where record_to_check.enrollment_exit_date > parameters.as_of + 30;
