-- senr0178_overlap_at_same_school: records to be sent that overlap another enrollment at the same
-- school.
--
-- The value is the other record, the first by school and start if there are several.
--
-- rule:     SENR0178
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    fatal_pair
-- stored:   no

create or replace view recon.senr0178_overlap_at_same_school as

select
    'SENR0178' as rule,
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
    rule = 'SENR0178'
    and state = 'expected'

group by
    student_key,
    ods_line,
    sis_line;
