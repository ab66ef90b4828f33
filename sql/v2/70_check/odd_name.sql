-- odd_name: names to be sent with a character that CALPADS does not allow in a name, and those
-- characters.
--
-- A name has Latin letters, digits, spaces, periods, hyphens, apostrophes and slashes. FRMT0004
-- finds carets and control characters.
--
-- grain:    one row per record and name field
-- key:      action_id, field
-- reads:    record_to_check, proposed_field
-- stored:   yes

create or replace view recon.odd_name as

with

names as (

    select
        record_to_check.action_id,
        proposed_field.column_name as field,
        regexp_replace(
            proposed_field.value,
            '[A-Za-z0-9 ./''\-À-ÖØ-öø-ɏḀ-ỿ\^\x00-\x1F\x7F-\x9F]',
            '',
            'g'
        ) as odd_characters

    from recon.record_to_check
    inner join recon.proposed_field on record_to_check.action_id = proposed_field.action_id

    where
        proposed_field.column_name like 'student_legal%'
        or proposed_field.column_name like 'student_alias%'

)

select
    action_id,
    field,
    odd_characters

from names

where odd_characters <> '';
