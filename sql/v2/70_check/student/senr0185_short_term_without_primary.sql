-- senr0185_short_term_without_primary: open short-term enrollments to be sent of a student without
-- an open primary enrollment that began before.
--
-- The primary enrollment is one of status 10 in the same LEA. The student's records are compared as
-- they will be after all files have posted.
--
-- rule:     SENR0185
-- severity: warning
-- since:    always
-- fix:      in the SIS, check the enrollment status: a student who only attends this school has a
--           primary enrollment; then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    enrollment_state
-- stored:   no

create or replace view recon.senr0185_short_term_without_primary as

select
    sent.action_id,
    'enrollment_status_code' as field

from recon.enrollment_state as sent

where
    sent.state = 'expected'
    and sent.action_id is not null
    and sent.enrollment_status_code = '30'
    and sent.enrollment_exit_date is null
    and not exists (
        select primary_record.record_id
        from recon.enrollment_state as primary_record
        where
            primary_record.state = 'expected'
            and primary_record.student_key = sent.student_key
            and primary_record.reporting_lea = sent.reporting_lea
            and primary_record.enrollment_status_code = '10'
            and primary_record.enrollment_exit_date is null
            and primary_record.enrollment_start_date < sent.enrollment_start_date
    );
