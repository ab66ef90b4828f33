-- check_handover_day: records to be sent that start on the day another primary enrollment ends.
--
-- In the state after all files. The value is the other record, the first by school and start if
-- there are several. A no-show attends on no day, and hands nothing over.
--
-- rule:     HANDOVER-DAY
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    enrollment_state
-- stored:   no

create or replace view recon.check_handover_day as

select
    'HANDOVER-DAY' as rule,
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
    and sent.is_no_show = 'N'
    and other.is_primary = 'Y'
    and sent.enrollment_start_date = other.enrollment_exit_date

group by
    sent.student_key,
    sent.ods_line,
    sent.sis_line;
