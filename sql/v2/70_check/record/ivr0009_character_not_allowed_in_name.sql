-- ivr0009_character_not_allowed_in_name: records to be sent with a character in a name that CALPADS
-- does not allow there.
--
-- A name has Latin letters, digits, spaces, periods, hyphens, apostrophes and slashes. FRMT0004
-- finds carets and control characters. A name of the SIS that is sent in its plain form is a
-- warning.
--
-- rule:     IVR0009
-- severity: fatal
-- since:    2022-10-01
-- fix:      retype the name in the SIS with letters, digits, spaces, periods, hyphens, apostrophes
--           and slashes only, then export and run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    record_to_check, proposed_field, plain_name
-- stored:   no

create or replace view recon.ivr0009_character_not_allowed_in_name as

with

names as (

    select
        record_to_check.action_id,
        proposed_field.column_name as field,
        plain_name.field is not null as is_changed,
        coalesce(
            regexp_full_match(
                proposed_field.value,
                '[A-Za-z0-9 ./''\-À-ÖØ-öø-ɏḀ-ỿ\^\x00-\x1F\x7F-\x9F]*'
            ),
            true
        ) as is_allowed

    from recon.record_to_check
    inner join recon.proposed_field on record_to_check.action_id = proposed_field.action_id
    left join staging.plain_name as plain_name
        on
            plain_name.side = 'SIS'
            and record_to_check.sis_line = plain_name.source_line
            and proposed_field.column_name = plain_name.field

    where
        proposed_field.column_name like 'student_legal%'
        or proposed_field.column_name like 'student_alias%'

)

select
    action_id,
    field,
    case when is_allowed then 'PLAIN-FORM' end as cause

from names

where
    is_changed
    or not is_allowed;
