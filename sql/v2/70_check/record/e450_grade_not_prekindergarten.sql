-- e450_grade_not_prekindergarten: records to be sent with exit reason E450 outside prekindergarten.
--
-- rule:     E450-GRADE
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.e450_grade_not_prekindergarten as

select
    'E450-GRADE' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_exit_reason_code' as field,
    student_exit_reason_code as value

from recon.proposed_record

where
    class <> 'remove'
    and student_exit_reason_code = 'E450'
    and grade_level_code not in ('IN', 'TD', 'PS');
