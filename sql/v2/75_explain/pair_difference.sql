-- pair_difference: how the two records of a pair differ: the exit in CALPADS, and the other fields
-- in words.
--
-- `ods_exit_date` and `ods_exit_reason` are null if the field is the same on both sides, or blank
-- in CALPADS.
--
-- grain:    one row per pair that differs
-- key:      ods_line, sis_line
-- reads:    field_difference, layout
-- stored:   yes

create or replace view recon.pair_difference as

with

named_differences as (

    select
        field_difference.ods_line,
        field_difference.sis_line,
        field_difference.position,
        field_difference.column_name,
        field_difference.ods_value,
        case
            when
                field_difference.column_name
                not in ('enrollment_exit_date', 'student_exit_reason_code')
                then
                    layout.name || ' is ' || coalesce(field_difference.ods_value, 'blank')
                    || ' in CALPADS and ' || coalesce(field_difference.target_value, 'blank')
                    || ' in the SIS'
        end as difference

    from recon.field_difference
    inner join reference.layout as layout on field_difference.column_name = layout.column_name

)

select
    ods_line,
    sis_line,
    bool_or(column_name = 'enrollment_exit_date') as is_exit_date_different,
    max(
        case
            when column_name <> 'enrollment_exit_date' then null
            when regexp_full_match(ods_value, '[0-9]{8}')
                then
                    left(ods_value, 4) || '-' || left(right(ods_value, 4), 2)
                    || '-' || right(ods_value, 2)
            else ods_value
        end
    ) as ods_exit_date,
    bool_or(column_name = 'student_exit_reason_code') as is_exit_reason_different,
    max(case when column_name = 'student_exit_reason_code' then ods_value end) as ods_exit_reason,
    string_agg(difference, '; ' order by position) as other_fields

from named_differences

group by
    ods_line,
    sis_line;
