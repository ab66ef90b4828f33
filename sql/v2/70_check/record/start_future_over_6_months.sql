-- start_future_over_6_months: records to be sent whose start date is more than 6 months ahead.
--
-- rule:     START-FUTURE
-- severity: fatal
-- since:    always
-- fix:      correct the start date in the SIS, or leave the enrollment out of the export until the
--           date is closer, then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, run_parameters
-- stored:   no

create or replace view recon.start_future_over_6_months as

select
    record_to_check.action_id,
    'enrollment_start_date' as field

from recon.record_to_check
cross join reference.run_parameters as parameters

where record_to_check.enrollment_start_date > parameters.as_of + interval 6 month;
