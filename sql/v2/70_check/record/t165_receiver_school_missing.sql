-- t165_receiver_school_missing: records to be sent with exit reason T165 without expected receiver
-- school.
--
-- rule:     T165-RECEIVER
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.t165_receiver_school_missing as

select
    'T165-RECEIVER' as rule,
    student_key,
    ods_line,
    sis_line,
    'expected_receiver_school_of_attendance' as field,
    expected_receiver_school_of_attendance as value

from recon.proposed_record

where
    class <> 'remove'
    and student_exit_reason_code = 'T165'
    and expected_receiver_school_of_attendance is null;
