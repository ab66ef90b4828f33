-- rejected_before_and_unchanged: records that CALPADS has rejected and that would be sent again
-- unchanged.
--
-- rule:     REJECTED-BEFORE
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, rejected_record
-- stored:   no

create or replace view recon.rejected_before_and_unchanged as

select
    'REJECTED-BEFORE' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'local_record_id' as field,
    rejected.codes as value

from recon.proposed_record as proposed
inner join staging.rejected_record as rejected on proposed.action_id = rejected.local_record_id;
