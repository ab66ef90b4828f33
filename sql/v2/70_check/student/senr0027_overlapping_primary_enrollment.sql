-- senr0027_overlapping_primary_enrollment: records to be sent that overlap another primary
-- enrollment in the LEA.
--
-- The value is the other record, the first by school and start if there are several.
--
-- rule:     SENR0027
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    fatal_pair
-- stored:   no

create or replace view recon.senr0027_overlapping_primary_enrollment as

select
    'SENR0027' as rule,
    student_key,
    ods_line,
    sis_line,
    'enrollment_start_date' as field,
    min(
        concat_ws(' ', other_school_of_attendance, strftime(other_start_date, '%Y%m%d'))
        || '-' || coalesce(strftime(other_exit_date, '%Y%m%d'), 'open')
    ) as value

from recon.fatal_pair

where
    rule = 'SENR0027'
    and state = 'expected'

group by
    student_key,
    ods_line,
    sis_line;
