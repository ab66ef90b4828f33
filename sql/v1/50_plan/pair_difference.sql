-- pair_difference: how a pair differs: CALPADS's exit, and the other fields in words.
--
-- `ods_exit_date` and `ods_exit_reason` are null where the field does not differ, or is blank.
--
-- grain:    one row per pair that differs
-- key:      ods_line, sis_line
-- reads:    field_difference, layout
-- stored:   no

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
    max(case when column_name = 'enrollment_exit_date' then 'Y' else 'N' end) as exit_date_differs,
    max(
        case
            when column_name = 'enrollment_exit_date'
                then regexp_replace(ods_value, '^(\d{4})(\d\d)(\d\d)$', '\1-\2-\3')
        end
    ) as ods_exit_date,
    max(case when column_name = 'student_exit_reason_code' then 'Y' else 'N' end)
        as exit_reason_differs,
    max(case when column_name = 'student_exit_reason_code' then ods_value end) as ods_exit_reason,
    string_agg(difference, '; ' order by position) as other_fields

from named_differences

group by
    ods_line,
    sis_line;
