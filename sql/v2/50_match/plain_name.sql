-- plain_name: the names of both extracts that are not in their plain form, with that form.
--
-- In the plain form, accents are composed with their letters; typographic apostrophes, hyphens and
-- spaces are those of a keyboard; and invisible characters are taken out. Names are sent and
-- compared in this form. Most names are plain already and are not here.
--
-- grain:    one row per name that is not in its plain form
-- key:      side, source_line, field
-- reads:    unusual_name
-- stored:   yes

create or replace view recon.plain_name as

with

visible_names as (

    select
        side,
        source_line,
        field,
        name,
        regexp_replace(
            name,
            '[\x{AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]',
            '',
            'g'
        ) as visible_name

    from recon.unusual_name

),

names_with_apostrophes as (

    select
        *,
        regexp_replace(
            visible_name,
            -- with the marks and accents that are typed instead of an apostrophe
            '[`\x{B4}\x{2B9}\x{2BB}-\x{2BF}\x{2018}-\x{201B}\x{2032}\x{2035}\x{FF07}\x{FF40}]',
            '''',
            'g'
        ) as name_with_apostrophes

    from visible_names

),

names_with_hyphens as (

    select
        *,
        regexp_replace(
            name_with_apostrophes,
            '[\x{2010}-\x{2015}\x{2212}\x{FE58}\x{FE63}\x{FF0D}]',
            '-',
            'g'
        ) as name_with_hyphens

    from names_with_apostrophes

),

plain_names as (

    select
        *,
        trim(
            nfc_normalize(
                regexp_replace(
                    name_with_hyphens,
                    '[\x{A0}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]',
                    ' ',
                    'g'
                )
            )
        ) as plain_name

    from names_with_hyphens

)

select
    side,
    source_line,
    field,
    plain_name

from plain_names

where plain_name <> name;
