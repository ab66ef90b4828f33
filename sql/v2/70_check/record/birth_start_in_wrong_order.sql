-- birth_start_in_wrong_order: records to be sent of students not born before the start date.
--
-- rule:     BIRTH-START
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.birth_start_in_wrong_order as

select
    'BIRTH-START' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_birth_date' as field,
    strftime(student_birth_date, '%Y%m%d') as value

from recon.proposed_record

where
    class <> 'remove'
    and student_birth_date >= enrollment_start_date;
