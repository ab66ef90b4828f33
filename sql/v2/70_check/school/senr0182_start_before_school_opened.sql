-- senr0182_start_before_school_opened: records to be sent that start before the school opened.
--
-- rule:     SENR0182
-- severity: fatal
-- since:    always
-- fix:      correct the school or the start date in the SIS, or the open date in the school list,
--           then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, proposed_school
-- stored:   no

create or replace view recon.senr0182_start_before_school_opened as

select
    record_to_check.action_id,
    'enrollment_start_date' as field

from recon.record_to_check
inner join recon.proposed_school on record_to_check.action_id = proposed_school.action_id

where record_to_check.enrollment_start_date < proposed_school.open_date;
