-- senr0302_secondary_exit_is_e170: secondary enrollments to be sent with another exit reason than
-- E170.
--
-- Exits before June 30, 2016 are excepted.
--
-- rule:     SENR0302
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0302_secondary_exit_is_e170 as

select
    'SENR0302' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_exit_reason_code' as field,
    student_exit_reason_code as value

from recon.proposed_record

where
    class <> 'remove'
    and enrollment_status_code = '20'
    and student_exit_reason_code <> 'E170'
    and (
        enrollment_exit_date is null
        or enrollment_exit_date >= date '2016-06-30'
    );
