-- unusual_name: the names of both extracts on lines that have a character in a name that is not
-- ASCII, or a backtick.
--
-- grain:    one row per name field of such a line
-- key:      side, source_line, field
-- reads:    ods_raw, sis_raw, layout
-- stored:   no

create or replace view staging.unusual_name as

with

all_lines as (

    select
        'ODS' as side,
        line_number as source_line,
        student_legal_first_name,
        student_legal_middle_name,
        student_legal_last_name,
        student_legal_name_suffix,
        student_alias_first_name,
        student_alias_middle_name,
        student_alias_last_name

    from staging.ods_raw

    union all

    select
        'SIS' as side,
        line_number as source_line,
        student_legal_first_name,
        student_legal_middle_name,
        student_legal_last_name,
        student_legal_name_suffix,
        student_alias_first_name,
        student_alias_middle_name,
        student_alias_last_name

    from staging.sis_raw

),

-- for speed: only these lines may have a name that is not in its plain form
unusual_lines as (

    select *

    from all_lines

    where
        regexp_matches(
            concat_ws(
                '',
                student_legal_first_name,
                student_legal_middle_name,
                student_legal_last_name,
                student_legal_name_suffix,
                student_alias_first_name,
                student_alias_middle_name,
                student_alias_last_name
            ),
            '[^\x00-\x5F\x61-\x7F]'
        )

)

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

from unusual_lines as lines
inner join reference.layout as layout
    on
        layout.column_name like 'student_legal%'
        or layout.column_name like 'student_alias%';
