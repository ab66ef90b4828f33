-- senr0022_completion_and_e230_unpaired: records to be sent with a completion status but not E230,
-- or the reverse.
--
-- rule:     SENR0022
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0022_completion_and_e230_unpaired as

select
    'SENR0022' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_school_completion_status_code' as field,
    student_school_completion_status_code as value

from recon.proposed_record

where
    class <> 'remove'
    and (
        (
            student_school_completion_status_code is not null
            and student_exit_reason_code is distinct from 'E230'
        )
        or (
            student_school_completion_status_code is null
            and student_exit_reason_code = 'E230'
        )
    );
