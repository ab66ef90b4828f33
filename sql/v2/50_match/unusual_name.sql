-- unusual_name: names with a character that is not ASCII, or a backtick, where names are sent or
-- compared.
--
-- grain:    one row per such name
-- key:      side, source_line, field
-- reads:    record_to_send, demographic_pair, composed_name, ods_raw, sis_raw, layout
-- stored:   no

create or replace view recon.unusual_name as

with

lines_to_read as (

    select
        'SIS' as side,
        sis_line as source_line

    from recon.record_to_send

    where sis_line is not null

    union

    select
        'SIS' as side,
        sis_line as source_line

    from recon.demographic_pair

    union

    select
        'ODS' as side,
        ods_line as source_line

    from recon.demographic_pair

),

lines as (

    select
        lines_to_read.side,
        lines_to_read.source_line,
        sis.student_legal_first_name,
        sis.student_legal_middle_name,
        sis.student_legal_last_name,
        sis.student_legal_name_suffix,
        sis.student_alias_first_name,
        sis.student_alias_middle_name,
        sis.student_alias_last_name

    from lines_to_read
    inner join staging.sis_raw as sis on lines_to_read.source_line = sis.source_line

    where lines_to_read.side = 'SIS'

    union all

    select
        lines_to_read.side,
        lines_to_read.source_line,
        ods.student_legal_first_name,
        ods.student_legal_middle_name,
        ods.student_legal_last_name,
        ods.student_legal_name_suffix,
        ods.student_alias_first_name,
        ods.student_alias_middle_name,
        ods.student_alias_last_name

    from lines_to_read
    inner join staging.ods_raw as ods on lines_to_read.source_line = ods.source_line

    where lines_to_read.side = 'ODS'

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
    names.side,
    names.source_line,
    names.field,
    names.name,
    coalesce(composed.composed_name, names.name) as composed_name

from names
left join staging.composed_name as composed
    on
        names.side = composed.side
        and names.source_line = composed.source_line
        and names.field = composed.field

where not regexp_full_match(names.name, '[\x00-\x5F\x61-\x7F]*');
