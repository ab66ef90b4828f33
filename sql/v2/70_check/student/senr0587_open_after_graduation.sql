-- senr0587_open_after_graduation: records to be sent of graduates of whom a later enrollment is
-- open.
--
-- The value is the other record, the first by school and start if there are several.
--
-- rule:     SENR0587
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    fatal_pair
-- stored:   no

create or replace view recon.senr0587_open_after_graduation as

select
    'SENR0587' as rule,
    student_key,
    ods_line,
    sis_line,
    'enrollment_exit_date' as field,
    min(
        concat_ws(' ', other_school_of_attendance, strftime(other_start_date, '%Y%m%d'))
        || '-' || coalesce(strftime(other_exit_date, '%Y%m%d'), 'open')
    ) as value

from recon.fatal_pair

where
    rule = 'SENR0587'
    and state = 'expected'

group by
    student_key,
    ods_line,
    sis_line;
