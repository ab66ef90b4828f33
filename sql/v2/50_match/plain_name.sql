-- plain_name: the names on the lines whose names are sent or compared that are not in their plain
-- form, with that form.
--
-- In the plain form, accents are composed with their letters; typographic apostrophes, hyphens and
-- spaces are those of a keyboard; and invisible characters are taken out. Names are sent and
-- compared in this form. Most names are plain already and are not here.
--
-- grain:    one row per name that is not in its plain form
-- key:      side, source_line, field
-- reads:    unusual_name, name_replacement
-- stored:   yes

create or replace view recon.plain_name as

with

plain_names as (

    select
        unusual_name.side,
        unusual_name.source_line,
        unusual_name.field,
        unusual_name.name,
        trim(
            translate(
                unusual_name.composed_name,
                replacements.characters,
                replacements.plain_characters
            )
        ) as plain_name

    from recon.unusual_name
    cross join recon.name_replacement as replacements

)

select
    side,
    source_line,
    field,
    plain_name

from plain_names

where plain_name <> name;
