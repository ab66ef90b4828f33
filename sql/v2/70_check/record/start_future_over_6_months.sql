-- start_future_over_6_months: records to be sent whose start date is more than 6 months ahead.
--
-- rule:     START-FUTURE
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, run_parameters
-- stored:   no

create or replace view recon.start_future_over_6_months as

select
    'START-FUTURE' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'enrollment_start_date' as field,
    strftime(proposed.enrollment_start_date, '%Y%m%d') as value

from recon.proposed_record as proposed
cross join reference.run_parameters as parameters

where
    proposed.class <> 'remove'
    and proposed.enrollment_start_date > parameters.as_of + interval 6 month;
