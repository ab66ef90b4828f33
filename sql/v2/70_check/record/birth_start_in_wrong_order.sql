-- birth_start_in_wrong_order: records to be sent whose birth date is not before the start date.
--
-- rule:     BIRTH-START
-- severity: fatal
-- since:    always
-- fix:      check both dates in the SIS, correct the one that is wrong, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.birth_start_in_wrong_order as

select
    action_id,
    'student_birth_date' as field

from recon.record_to_check

where student_birth_date >= enrollment_start_date;
