-- gerr0001_required_field_blank: records to be sent with a required field left blank.
--
-- The SSID is required in a removal and a no-show; any other record without SSID is never sent.
--
-- rule:     GERR0001
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_field, layout
-- stored:   no

create or replace view recon.gerr0001_required_field_blank as

select
    'GERR0001' as rule,
    proposed_field.student_key,
    proposed_field.ods_line,
    proposed_field.sis_line,
    proposed_field.column_name as field,
    proposed_field.value

from recon.proposed_field
inner join reference.layout as layout on proposed_field.column_name = layout.column_name

where
    proposed_field.value is null
    and (
        layout.required = 'yes'
        or (layout.column_name = 'ssid' and proposed_field.class in ('remove', 'no_show'))
    );
