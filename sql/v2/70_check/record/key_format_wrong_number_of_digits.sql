-- key_format_wrong_number_of_digits: records to be sent whose LEA, school or SSID has not its
-- number of digits.
--
-- rule:     KEY-FORMAT
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_field
-- stored:   no

create or replace view recon.key_format_wrong_number_of_digits as

select
    'KEY-FORMAT' as rule,
    proposed_field.student_key,
    proposed_field.ods_line,
    proposed_field.sis_line,
    proposed_field.column_name as field,
    proposed_field.value

from recon.proposed_field

where
    (
        proposed_field.column_name in ('reporting_lea', 'school_of_attendance')
        and not regexp_full_match(proposed_field.value, '[0-9]{7}')
    )
    or (
        proposed_field.column_name = 'ssid'
        and not regexp_full_match(proposed_field.value, '[0-9]{10}')
    );
