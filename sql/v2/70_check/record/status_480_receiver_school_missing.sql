-- status_480_receiver_school_missing: records to be sent with completion status 480 and no expected
-- receiver school.
--
-- rule:     480-RECEIVER
-- severity: warning
-- since:    always
-- fix:      in the SIS, enter the school that the student was promoted to, if you know it, then
--           export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.status_480_receiver_school_missing as

select
    action_id,
    'expected_receiver_school_of_attendance' as field

from recon.record_to_check

where
    student_school_completion_status_code = '480'
    and expected_receiver_school_of_attendance is null;
