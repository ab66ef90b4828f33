-- n470_returning_student: no-shows to be sent of a student who was in the LEA at the end of the
-- school year before.
--
-- The other record ended with E155 or E156 in that school year. The student's records are compared
-- as they will be after all files have posted.
--
-- rule:     N470-RETURNING
-- severity: warning
-- since:    2018-07-01
-- fix:      a student who was here last year is not a no-show: in the SIS, delete this enrollment
--           and give last year's the true exit reason on its last day, then export and run again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    enrollment_state
-- stored:   no

create or replace view recon.n470_returning_student as

select
    sent.action_id,
    'student_exit_reason_code' as field,
    other.record_id as other_record_id

from recon.enrollment_state as sent
inner join recon.enrollment_state as other
    on
        sent.student_key = other.student_key
        and sent.reporting_lea = other.reporting_lea
        and sent.record_id <> other.record_id
        -- the school year of the exit is the one before the school year of the start
        and year(sent.enrollment_start_date)
        - case when month(sent.enrollment_start_date) < 7 then 1 else 0 end
        = year(other.enrollment_exit_date)
        - case when month(other.enrollment_exit_date) < 7 then 1 else 0 end
        + 1

where
    sent.state = 'expected'
    and sent.action_id is not null
    and sent.is_no_show
    and other.state = 'expected'
    and other.student_exit_reason_code in ('E155', 'E156');
