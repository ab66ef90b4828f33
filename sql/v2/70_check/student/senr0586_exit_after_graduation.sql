-- senr0586_exit_after_graduation: graduates' records to be sent, if one of the student's
-- enrollments ends after graduation.
--
-- rule:     SENR0586
-- severity: fatal
-- since:    2022-05-01
-- fix:      find out whether and when the student graduated; in the SIS, correct the completion
--           status or the later exit; if the other record is only in CALPADS, correct it there;
--           then run again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    fatal_pair
-- stored:   no

create or replace view recon.senr0586_exit_after_graduation as

select
    action_id,
    'enrollment_exit_date' as field,
    other_record_id

from recon.fatal_pair

where
    rule = 'SENR0586'
    and state = 'expected';
