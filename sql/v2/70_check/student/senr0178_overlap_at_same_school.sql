-- senr0178_overlap_at_same_school: records to be sent that overlap another enrollment at the same
-- school.
--
-- rule:     SENR0178
-- severity: fatal
-- since:    2022-07-01
-- fix:      in the SIS, close the earlier enrollment before the later one starts, or delete the one
--           that is wrong; if the other one is only in CALPADS, correct it there; then run again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    fatal_pair
-- stored:   no

create or replace view recon.senr0178_overlap_at_same_school as

select
    action_id,
    'enrollment_start_date' as field,
    other_record_id

from recon.fatal_pair

where
    rule = 'SENR0178'
    and state = 'expected';
