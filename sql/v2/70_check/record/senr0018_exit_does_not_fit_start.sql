-- senr0018_exit_does_not_fit_start: records to be sent whose exit date does not go with their start
-- date.
--
-- rule:     SENR0018
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0018_exit_does_not_fit_start as

select
    'SENR0018' as rule,
    student_key,
    ods_line,
    sis_line,
    'enrollment_exit_date' as field,
    enrollment_exit_date_text as value

from recon.proposed_record

where
    class <> 'remove'
    and (
        (
            student_exit_reason_code = 'N470'
            and enrollment_exit_date
            not between enrollment_start_date - interval 1 day and enrollment_start_date
        )
        or (
            student_exit_reason_code is distinct from 'N470'
            and enrollment_exit_date < enrollment_start_date
        )
    );
