-- senr0175_graduate_without_e230: records of graduates to be sent whose exit reason is not E230.
--
-- rule:     SENR0175
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0175_graduate_without_e230 as

select
    'SENR0175' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_exit_reason_code' as field,
    student_exit_reason_code as value

from recon.proposed_record

where
    class <> 'remove'
    and student_school_completion_status_code = '100'
    and student_exit_reason_code is distinct from 'E230';
