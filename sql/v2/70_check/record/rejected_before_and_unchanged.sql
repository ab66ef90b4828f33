-- rejected_before_and_unchanged: records that CALPADS has rejected and that would be sent again
-- unchanged.
--
-- rule:     REJECTED-BEFORE
-- severity: fatal
-- since:    always
-- fix:      in the SIS, correct what the rejection names (senr-duck status lists it), then export
--           and run again; if you fixed the cause in CALPADS itself, take back the rejection with
--           senr-duck rejected --undo
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    proposed_record, rejected_record
-- stored:   no

create or replace view recon.rejected_before_and_unchanged as

select
    proposed_record.action_id,
    'local_record_id' as field

from recon.proposed_record
inner join staging.rejected_record as rejected
    on proposed_record.action_id = rejected.local_record_id;
