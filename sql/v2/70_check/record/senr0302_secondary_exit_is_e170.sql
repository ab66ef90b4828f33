-- senr0302_secondary_exit_is_e170: secondary enrollments to be sent whose exit reason is not E170.
--
-- Exits before June 30, 2016 are exempt.
--
-- rule:     SENR0302
-- severity: fatal
-- since:    2016-09-01
-- fix:      set the exit reason to E170 in the SIS, or correct the enrollment status, then export
--           and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0302_secondary_exit_is_e170 as

select
    action_id,
    'student_exit_reason_code' as field

from recon.record_to_check

where
    enrollment_status_code = '20'
    and student_exit_reason_code <> 'E170'
    and (
        enrollment_exit_date is null
        or enrollment_exit_date >= date '2016-06-30'
    );
