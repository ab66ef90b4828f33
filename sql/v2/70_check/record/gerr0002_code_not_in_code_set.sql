-- gerr0002_code_not_in_code_set: records to be sent with a code that is not in its code set.
--
-- rule:     GERR0002
-- severity: fatal
-- since:    always
-- fix:      choose a valid code in the SIS, or translate the local code under [translate] in
--           senr.toml, then run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field, layout, code
-- stored:   no

create or replace view recon.gerr0002_code_not_in_code_set as

select
    proposed_field.action_id,
    proposed_field.column_name as field

from recon.proposed_field
inner join reference.layout as layout on proposed_field.column_name = layout.column_name
left join reference.code as code
    on
        layout.code_set = code.code_set
        and proposed_field.value = code.code

where
    proposed_field.class <> 'remove'
    and proposed_field.value is not null
    and layout.code_set is not null
    and code.code is null;
