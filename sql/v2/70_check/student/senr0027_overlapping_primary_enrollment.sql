-- senr0027_overlapping_primary_enrollment: records to be sent that overlap another primary
-- enrollment in the LEA.
--
-- rule:     SENR0027
-- severity: fatal
-- since:    always
-- fix:      find out which school the student attended on those days; in the SIS, close or delete
--           the other enrollment, or mark one of them as secondary; if the other one is only in
--           CALPADS, correct it there; then run again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    fatal_pair
-- stored:   no

create or replace view recon.senr0027_overlapping_primary_enrollment as

select
    action_id,
    'enrollment_start_date' as field,
    other_record_id

from recon.fatal_pair

where
    rule = 'SENR0027'
    and state = 'expected';
