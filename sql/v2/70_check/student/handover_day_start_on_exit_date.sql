-- handover_day_start_on_exit_date: records to be sent that start on the day another primary
-- enrollment ends.
--
-- In the state after all files. The value is the other record, the first by school and start if
-- there are several. A no-show attends on no day, and hands nothing over.
--
-- rule:     HANDOVER-DAY
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    earlier_enrollment
-- stored:   no

create or replace view recon.handover_day_start_on_exit_date as

select
    'HANDOVER-DAY' as rule,
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
    not is_no_show
    and is_other_primary
    and other_exit_date = enrollment_start_date

group by
    student_key,
    ods_line,
    sis_line;
