-- odd_character: the characters of odd names that CALPADS does not allow in a name.
--
-- grain:    one row per odd name and character
-- key:      action_id, ods_line, field, way
-- reads:    odd_name
-- stored:   yes

create or replace view recon.odd_character as

with recursive

places as (

    select 1 as place
    union all
    select place + 1 as place from places
    where place < 300

),

characters as (

    select
        odd_name.action_id,
        odd_name.ods_line,
        odd_name.field,
        right(left(odd_name.name, places.place), 1) as way

    from recon.odd_name
    inner join places on length(odd_name.name) >= places.place

)

select distinct
    action_id,
    ods_line,
    field,
    way

from characters

where
    not regexp_full_match(
        way, '[A-Za-z0-9 ./''\-À-ÖØ-öø-ɏḀ-ỿ\^\x00-\x1F\x7F-\x9F]'
    );
