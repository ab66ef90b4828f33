-- ivr0009_character_not_allowed_in_name: records to be sent with a character in a name that CALPADS
-- does not allow there.
--
-- A name of the SIS that is sent in its plain form is a warning.
--
-- rule:     IVR0009
-- severity: fatal
-- since:    2022-10-01
-- fix:      retype the name in the SIS with letters, digits, spaces, periods, hyphens, apostrophes
--           and slashes only, then export and run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    odd_name, record_to_check, plain_name
-- stored:   no

create or replace view recon.ivr0009_character_not_allowed_in_name as

select
    action_id,
    field,
    cast(null as varchar) as cause

from recon.odd_name

where action_id is not null

union all

select
    record_to_check.action_id,
    plain_name.field,
    'PLAIN-FORM' as cause

from recon.plain_name
inner join recon.record_to_check
    on
        plain_name.side = 'SIS'
        and plain_name.source_line = record_to_check.sis_line
left join recon.odd_name
    on
        record_to_check.action_id = odd_name.action_id
        and plain_name.field = odd_name.field

where odd_name.action_id is null;
