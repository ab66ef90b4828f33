-- check_senr0024: records to be sent that start after the student completed high school.
--
-- In the state after all files, and in the LEA. The value is the completer's record, the first by
-- school and start if there are several.
--
-- rule:     SENR0024
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    enrollment_state
-- stored:   no

create or replace view recon.check_senr0024 as

select
    'SENR0024' as rule,
    sent.student_key,
    sent.ods_line,
    sent.sis_line,
    'enrollment_start_date' as field,
    min(
        concat_ws(' ', other.school_of_attendance, strftime(other.enrollment_start_date, '%Y%m%d'))
        || '-' || strftime(other.enrollment_exit_date, '%Y%m%d')
    ) as value

from recon.enrollment_state as sent
inner join recon.enrollment_state as other
    on
        sent.student_key = other.student_key
        and sent.reporting_lea = other.reporting_lea
        and sent.record_id <> other.record_id

where
    sent.state = 'expected'
    and other.state = 'expected'
    and sent.action_id is not null
    and other.student_exit_reason_code = 'E230'
    and other.student_school_completion_status_code in ('100', '250')
    and sent.enrollment_start_date > other.enrollment_exit_date

group by
    sent.student_key,
    sent.ods_line,
    sent.sis_line;
