-- frmt0001_value_too_long: records to be sent with a value that is longer than its field.
--
-- The length is in characters.
--
-- rule:     FRMT0001
-- severity: fatal
-- since:    always
-- fix:      shorten the value in the SIS to the length that the record layout allows, then export
--           and run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field, layout
-- stored:   no

create or replace view recon.frmt0001_value_too_long as

select
    proposed_field.action_id,
    proposed_field.column_name as field

from recon.proposed_field
inner join reference.layout as layout on proposed_field.column_name = layout.column_name

where
    length(proposed_field.value) > layout.max_length
    -- FRMT0002 finds a date that is too long
    and layout.type is distinct from 'DT';
