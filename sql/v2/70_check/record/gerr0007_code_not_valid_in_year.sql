-- gerr0007_code_not_valid_in_year: records to be sent with a code that was not valid in their
-- academic year.
--
-- Removals and no-shows are not checked, because they repeat what CALPADS has.
--
-- rule:     GERR0007
-- severity: fatal
-- since:    always
-- fix:      choose a code that was valid in that year in the SIS, or translate the old code under
--           [translate] in senr.toml, then run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field, record_to_check, layout, code
-- stored:   no

create or replace view recon.gerr0007_code_not_valid_in_year as

with

dated_fields as (

    select
        proposed_field.action_id,
        proposed_field.column_name,
        proposed_field.value,
        -- the academic year is the school year of the start date
        proposed.school_year_start as academic_year_start

    from recon.proposed_field
    inner join recon.record_to_check as proposed
        on proposed_field.action_id = proposed.action_id

    where proposed_field.class <> 'no_show'

)

select
    dated_fields.action_id,
    dated_fields.column_name as field

from dated_fields
inner join reference.layout as layout on dated_fields.column_name = layout.column_name
inner join reference.code as code
    on
        layout.code_set = code.code_set
        and dated_fields.value = code.code

where
    code.valid_to < dated_fields.academic_year_start
    or code.valid_from >= dated_fields.academic_year_start + interval 1 year;
