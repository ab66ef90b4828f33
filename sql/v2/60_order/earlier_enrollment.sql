-- earlier_enrollment: the student's enrollments in the LEA that end by the start of an enrollment
-- to be sent.
--
-- The records are as they will be after all files have posted.
--
-- grain:    one row per record to be sent and other record that ends before its start or on it
-- key:      record_id, other_record_id
-- reads:    enrollment_state
-- stored:   yes

create or replace view recon.earlier_enrollment as

select
    sent.action_id,
    sent.record_id,
    other.record_id as other_record_id,
    sent.enrollment_start_date,
    sent.is_no_show,
    other.student_exit_reason_code as other_exit_reason_code,
    other.student_school_completion_status_code as other_completion_status_code,
    other.enrollment_exit_date as other_exit_date,
    other.is_primary as is_other_primary

from recon.enrollment_state as sent
inner join recon.enrollment_state as other
    on
        sent.student_key = other.student_key
        and sent.reporting_lea = other.reporting_lea
        and sent.record_id <> other.record_id
        and sent.enrollment_start_date >= other.enrollment_exit_date

where
    sent.state = 'expected'
    and other.state = 'expected'
    and sent.action_id is not null;
