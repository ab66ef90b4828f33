-- removes_history_of_closed_enrollment: removals of closed records whose exit reason is neither
-- one that only ends a year (E155, E156, E170) nor a no-show (N470).
--
-- rule:     REMOVES-HISTORY
-- severity: warning
-- since:    always
-- fix:      make sure that the student never had this enrollment; otherwise enter it in the SIS or
--           add the record to the keep list, and run again before you upload
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    proposed_record, code
-- stored:   no

create or replace view recon.removes_history_of_closed_enrollment as

select
    action_id,
    'student_exit_reason_code' as field

from recon.proposed_record

where
    class = 'remove'
    and (enrollment_exit_date_text is not null or student_exit_reason_code is not null)
    and coalesce(student_exit_reason_code, '') not in (
        select exit_reason.code
        from reference.code as exit_reason
        where
            exit_reason.code_set = 'exit_reason'
            and (exit_reason.is_only_year_end or exit_reason.no_show_days is not null)
    );
