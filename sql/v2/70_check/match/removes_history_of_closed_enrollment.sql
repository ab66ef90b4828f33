-- removes_history_of_closed_enrollment: removals of records that were closed for a reason of their
-- own.
--
-- rule:     REMOVES-HISTORY
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.removes_history_of_closed_enrollment as

select
    'REMOVES-HISTORY' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_exit_reason_code' as field,
    student_exit_reason_code as value

from recon.proposed_record

where
    class = 'remove'
    and (enrollment_exit_date_text is not null or student_exit_reason_code is not null)
    and coalesce(student_exit_reason_code, '') not in ('N470', 'E155', 'E156', 'E170');
