-- frmt0001_value_too_long: records to be sent with a value longer than its field.
--
-- Length in characters.
--
-- rule:     FRMT0001
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_field, layout
-- stored:   no

create or replace view recon.frmt0001_value_too_long as

select
    'FRMT0001' as rule,
    proposed_field.student_key,
    proposed_field.ods_line,
    proposed_field.sis_line,
    proposed_field.column_name as field,
    proposed_field.value

from recon.proposed_field
inner join reference.layout as layout on proposed_field.column_name = layout.column_name

where
    length(proposed_field.value) > layout.max_length
    -- a date that is too long is no date: FRMT0002
    and layout.type is distinct from 'DT';
