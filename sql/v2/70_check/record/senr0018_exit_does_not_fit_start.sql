-- senr0018_exit_does_not_fit_start: records to be sent whose exit date does not fit their start
-- date.
--
-- The exit date of a no-show (N470) is the start date or the day before it.
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
    'enrollment_exit_date' as field,
    case when student_exit_reason_code = 'N470' then 'NO-SHOW' end as cause

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
