-- composed_name: names whose accents are apart from their letters, with accents and letters
-- composed.
--
-- grain:    one row per such name
-- key:      side, source_line, field
-- reads:    ods_raw, sis_raw, layout
-- stored:   yes

create or replace view staging.composed_name as

with

lines as (

    select
        'ODS' as side,
        source_line,
        student_legal_first_name,
        student_legal_middle_name,
        student_legal_last_name,
        student_legal_name_suffix,
        student_alias_first_name,
        student_alias_middle_name,
        student_alias_last_name

    from staging.ods_raw

    where
        nfc_normalize(student_legal_first_name) <> student_legal_first_name
        or nfc_normalize(student_legal_middle_name) <> student_legal_middle_name
        or nfc_normalize(student_legal_last_name) <> student_legal_last_name
        or nfc_normalize(student_legal_name_suffix) <> student_legal_name_suffix
        or nfc_normalize(student_alias_first_name) <> student_alias_first_name
        or nfc_normalize(student_alias_middle_name) <> student_alias_middle_name
        or nfc_normalize(student_alias_last_name) <> student_alias_last_name

    union all

    select
        'SIS' as side,
        source_line,
        student_legal_first_name,
        student_legal_middle_name,
        student_legal_last_name,
        student_legal_name_suffix,
        student_alias_first_name,
        student_alias_middle_name,
        student_alias_last_name

    from staging.sis_raw

    where
        nfc_normalize(student_legal_first_name) <> student_legal_first_name
        or nfc_normalize(student_legal_middle_name) <> student_legal_middle_name
        or nfc_normalize(student_legal_last_name) <> student_legal_last_name
        or nfc_normalize(student_legal_name_suffix) <> student_legal_name_suffix
        or nfc_normalize(student_alias_first_name) <> student_alias_first_name
        or nfc_normalize(student_alias_middle_name) <> student_alias_middle_name
        or nfc_normalize(student_alias_last_name) <> student_alias_last_name

),

names as (

    select
        lines.side,
        lines.source_line,
        layout.column_name as field,
        trim(
            case layout.column_name
                when 'student_legal_first_name' then lines.student_legal_first_name
                when 'student_legal_middle_name' then lines.student_legal_middle_name
                when 'student_legal_last_name' then lines.student_legal_last_name
                when 'student_legal_name_suffix' then lines.student_legal_name_suffix
                when 'student_alias_first_name' then lines.student_alias_first_name
                when 'student_alias_middle_name' then lines.student_alias_middle_name
                when 'student_alias_last_name' then lines.student_alias_last_name
            end
        ) as name

    from lines
    inner join reference.layout as layout
        on
            layout.column_name like 'student_legal%'
            or layout.column_name like 'student_alias%'

)

select
    side,
    source_line,
    field,
    nfc_normalize(name) as composed_name

from names

where nfc_normalize(name) <> name;
