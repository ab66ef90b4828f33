-- t165_receiver_school_missing: records to be sent with exit reason T165 and no expected receiver
-- school.
--
-- rule:     T165-RECEIVER
-- severity: warning
-- since:    always
-- fix:      in the SIS, enter the school that is to receive the student, if you know it, then
--           export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.t165_receiver_school_missing as

select
    action_id,
    'expected_receiver_school_of_attendance' as field

from recon.record_to_check

where
    student_exit_reason_code = 'T165'
    and expected_receiver_school_of_attendance is null;
