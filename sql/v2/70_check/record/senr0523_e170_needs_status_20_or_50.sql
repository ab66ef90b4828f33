-- senr0523_e170_needs_status_20_or_50: records to be sent with exit reason E170 and a status other
-- than 20 and 50.
--
-- rule:     SENR0523
-- severity: fatal
-- since:    2020-06-01
-- fix:      choose the true exit reason in the SIS, or correct the enrollment status, then export
--           and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0523_e170_needs_status_20_or_50 as

select
    action_id,
    'student_exit_reason_code' as field

from recon.record_to_check

where
    student_exit_reason_code = 'E170'
    and enrollment_status_code not in ('20', '50');
