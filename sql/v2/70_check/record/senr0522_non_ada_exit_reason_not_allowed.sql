-- senr0522_non_ada_exit_reason_not_allowed: non-ADA enrollments to be sent with an exit reason
-- other than E150, E170 and N470.
--
-- rule:     SENR0522
-- severity: fatal
-- since:    2020-06-01
-- fix:      set the exit reason to E170 in the SIS, or correct the enrollment status, then export
--           and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0522_non_ada_exit_reason_not_allowed as

select
    action_id,
    'student_exit_reason_code' as field

from recon.record_to_check

where
    enrollment_status_code = '50'
    and student_exit_reason_code not in ('E150', 'E170', 'N470');
