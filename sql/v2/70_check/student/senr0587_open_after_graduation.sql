-- senr0587_open_after_graduation: records to be sent of a graduate who has a later enrollment that
-- is open.
--
-- An open enrollment of any status counts. The record found is the graduate's or the open one.
--
-- rule:     SENR0587
-- severity: fatal
-- since:    2022-05-01
-- fix:      find out whether the student graduated; in the SIS, correct the completion status or
--           close the open enrollment; if the other record is only in CALPADS, correct it there;
--           then run again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    fatal_pair
-- stored:   no

create or replace view recon.senr0587_open_after_graduation as

select
    action_id,
    'enrollment_exit_date' as field,
    other_record_id

from recon.fatal_pair

where
    rule = 'SENR0587'
    and state = 'expected';
