-- senr0024_start_after_graduation: records to be sent that start after the student completed high
-- school in the LEA.
--
-- The student's records are compared as they will be after all files have posted. The other record
-- is the one with the completion status.
--
-- rule:     SENR0024
-- severity: warning
-- since:    always
-- fix:      find out whether the student has really come back; if not, remove the new enrollment or
--           the completion status in the SIS; then export and run again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    earlier_enrollment
-- stored:   no

create or replace view recon.senr0024_start_after_graduation as

select
    action_id,
    'enrollment_start_date' as field,
    other_record_id

from recon.earlier_enrollment

where
    other_exit_reason_code = 'E230'
    and other_completion_status_code in ('100', '250')
    and enrollment_start_date > other_exit_date;
