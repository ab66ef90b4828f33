-- senr0522_non_ada_exit_reason_not_allowed: non-ADA enrollments to be sent with an exit reason that
-- they cannot have.
--
-- rule:     SENR0522
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0522_non_ada_exit_reason_not_allowed as

select
    'SENR0522' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_exit_reason_code' as field,
    student_exit_reason_code as value

from recon.proposed_record

where
    class <> 'remove'
    and enrollment_status_code = '50'
    and student_exit_reason_code not in ('E150', 'E170', 'N470');
