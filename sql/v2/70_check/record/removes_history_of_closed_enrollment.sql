-- removes_history_of_closed_enrollment: removals of closed records whose exit reason is not E155,
-- E156, E170 or N470.
--
-- rule:     REMOVES-HISTORY
-- severity: warning
-- since:    always
-- fix:      make sure that the student never had this enrollment; otherwise enter it in the SIS or
--           add the record to the keep list, and run again before you upload
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.removes_history_of_closed_enrollment as

select
    action_id,
    'student_exit_reason_code' as field

from recon.proposed_record

where
    class = 'remove'
    and (enrollment_exit_date_text is not null or student_exit_reason_code is not null)
    and coalesce(student_exit_reason_code, '') not in ('N470', 'E155', 'E156', 'E170');
