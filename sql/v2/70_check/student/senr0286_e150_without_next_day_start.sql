-- senr0286_e150_without_next_day_start: records to be sent with exit reason E150 and no enrollment
-- on the next day.
--
-- The next enrollment must start at the same school on the next calendar day. The student's records
-- are compared as they will be after all files have posted.
--
-- rule:     SENR0286
-- severity: warning
-- since:    2023-05-01
-- fix:      in the SIS, start the next enrollment on the day after this exit, even on a weekend, or
--           choose the true exit reason; then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    enrollment_state
-- stored:   no

create or replace view recon.senr0286_e150_without_next_day_start as

select
    sent.action_id,
    'enrollment_exit_date' as field

from recon.enrollment_state as sent

where
    sent.state = 'expected'
    and sent.action_id is not null
    and sent.student_exit_reason_code = 'E150'
    and sent.enrollment_exit_date is not null
    and not exists (
        select next_record.record_id
        from recon.enrollment_state as next_record
        where
            next_record.state = 'expected'
            and next_record.student_key = sent.student_key
            and next_record.school_of_attendance = sent.school_of_attendance
            and next_record.enrollment_start_date = sent.enrollment_exit_date + 1
    );
