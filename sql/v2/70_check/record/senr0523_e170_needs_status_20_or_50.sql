-- senr0523_e170_needs_status_20_or_50: records to be sent with exit reason E170 but neither status
-- 20 nor 50.
--
-- rule:     SENR0523
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0523_e170_needs_status_20_or_50 as

select
    'SENR0523' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_exit_reason_code' as field,
    student_exit_reason_code as value

from recon.proposed_record

where
    class <> 'remove'
    and student_exit_reason_code = 'E170'
    and enrollment_status_code not in ('20', '50');
