-- status_480_receiver_school_missing: records to be sent with completion status 480 without
-- receiver school.
--
-- rule:     480-RECEIVER
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.status_480_receiver_school_missing as

select
    '480-RECEIVER' as rule,
    student_key,
    ods_line,
    sis_line,
    'expected_receiver_school_of_attendance' as field,
    expected_receiver_school_of_attendance as value

from recon.proposed_record

where
    class <> 'remove'
    and student_school_completion_status_code = '480'
    and expected_receiver_school_of_attendance is null;
