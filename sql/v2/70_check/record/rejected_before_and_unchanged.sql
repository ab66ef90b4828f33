-- rejected_before_and_unchanged: records that CALPADS has rejected and that would be sent again
-- unchanged.
--
-- rule:     REJECTED-BEFORE
-- severity: fatal
-- since:    always
-- fix:      correct in the SIS what the rejection named (senr-duck status lists it), export again
--           and run again; if the cause was mended in CALPADS itself, take the rejection back with
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
