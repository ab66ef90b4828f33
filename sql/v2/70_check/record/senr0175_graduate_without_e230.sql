-- senr0175_graduate_without_e230: graduates' records to be sent whose exit reason is not E230.
--
-- rule:     SENR0175
-- severity: fatal
-- since:    always
-- fix:      in the SIS, set the exit reason to E230, or remove the completion status if the student
--           did not graduate, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0175_graduate_without_e230 as

select
    action_id,
    'student_exit_reason_code' as field

from recon.record_to_check

where
    student_school_completion_status_code = '100'
    and student_exit_reason_code is distinct from 'E230';
