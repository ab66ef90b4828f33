-- senr0184_start_after_school_closed: records to be sent that start after the school closed.
--
-- rule:     SENR0184
-- severity: fatal
-- since:    always
-- fix:      correct the school or the start date in the SIS, or the close date in the school list,
--           then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, proposed_school
-- stored:   no

create or replace view recon.senr0184_start_after_school_closed as

select
    record_to_check.action_id,
    'enrollment_start_date' as field

from recon.record_to_check
inner join recon.proposed_school on record_to_check.action_id = proposed_school.action_id

where record_to_check.enrollment_start_date > proposed_school.close_date;
