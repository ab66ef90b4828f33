-- senr0022_completion_and_e230_unpaired: records to be sent with a completion status but not E230,
-- or the reverse.
--
-- rule:     SENR0022
-- severity: fatal
-- since:    always
-- fix:      in the SIS, a student who completed school needs both, and every other student needs
--           neither; correct the enrollment, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0022_completion_and_e230_unpaired as

select
    action_id,
    'student_school_completion_status_code' as field

from recon.record_to_check

where
    (
        student_school_completion_status_code is not null
        and student_exit_reason_code is distinct from 'E230'
    )
    or (
        student_school_completion_status_code is null
        and student_exit_reason_code = 'E230'
    );
