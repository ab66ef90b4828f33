-- senr0024_start_after_graduation: records to be sent that start after the student completed high
-- school.
--
-- In the state after all files, and in the LEA. The value is the completer's record, the first by
-- school and start if there are several.
--
-- rule:     SENR0024
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    earlier_enrollment
-- stored:   no

create or replace view recon.senr0024_start_after_graduation as

select
    'SENR0024' as rule,
    student_key,
    ods_line,
    sis_line,
    'enrollment_start_date' as field,
    min(
        concat_ws(' ', other_school_of_attendance, strftime(other_start_date, '%Y%m%d'))
        || '-' || strftime(other_exit_date, '%Y%m%d')
    ) as value

from recon.earlier_enrollment

where
    other_exit_reason_code = 'E230'
    and other_completion_status_code in ('100', '250')
    and enrollment_start_date > other_exit_date

group by
    student_key,
    ods_line,
    sis_line;
