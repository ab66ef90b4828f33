-- senr0018_exit_does_not_fit_start: records to be sent whose exit date does not fit their start
-- date.
--
-- rule:     SENR0018
-- severity: fatal
-- since:    always
-- fix:      compare both dates with the student's attendance in the SIS, correct the one that is
--           wrong, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0018_exit_does_not_fit_start as

select
    action_id,
    'enrollment_exit_date' as field

from recon.record_to_check

where
    (
        student_exit_reason_code = 'N470'
        and enrollment_exit_date
        not between enrollment_start_date - interval 1 day and enrollment_start_date
    )
    or (
        student_exit_reason_code is distinct from 'N470'
        and enrollment_exit_date < enrollment_start_date
    );
