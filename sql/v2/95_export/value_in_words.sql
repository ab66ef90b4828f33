-- value_in_words: the field and value of value_on_both_sides, as a person reads them.
--
-- A date is YYYY-MM-DD, and a code has its meaning. The exit is left out, because it is in words
-- already, and so are the fields of the key, which name the record.
--
-- grain:    one row per row of value_on_both_sides whose field is none of these
-- key:      ods_line, sis_line, field
-- reads:    value_on_both_sides, layout, code
-- stored:   no

create or replace view recon.value_in_words as

with

code_names as (

    select
        code_set,
        code,
        min(name) as name

    from reference.code

    group by
        code_set,
        code

),

shown_values as (

    select
        own.ods_line,
        own.sis_line,
        own.field,
        layout.name,
        layout.code_set,
        own.ods_value as ods_code,
        own.sis_value as sis_code,
        case
            when layout.type = 'DT' and regexp_full_match(own.ods_value, '[0-9]{8}')
                then
                    left(own.ods_value, 4) || '-' || left(right(own.ods_value, 4), 2)
                    || '-' || right(own.ods_value, 2)
            else coalesce(own.ods_value, 'blank')
        end as ods_value,
        case
            when layout.type = 'DT' and regexp_full_match(own.sis_value, '[0-9]{8}')
                then
                    left(own.sis_value, 4) || '-' || left(right(own.sis_value, 4), 2)
                    || '-' || right(own.sis_value, 2)
            else coalesce(own.sis_value, 'blank')
        end as sis_value

    from recon.value_on_both_sides as own
    inner join reference.layout as layout on own.field = layout.column_name

    where
        layout.role <> 'key'
        and layout.column_name not in ('enrollment_exit_date', 'student_exit_reason_code')

)

select
    shown.ods_line,
    shown.sis_line,
    shown.field,
    case
        when shown.ods_line is not null
            then
                shown.name || ' is ' || shown.ods_value
                || coalesce(' (' || ods_name.name || ')', '')
    end as calpads_has,
    case
        when shown.sis_line is not null
            then
                shown.name || ' is ' || shown.sis_value
                || coalesce(' (' || sis_name.name || ')', '')
    end as sis_has

from shown_values as shown
left join code_names as ods_name
    on shown.code_set = ods_name.code_set and shown.ods_code = ods_name.code
left join code_names as sis_name
    on shown.code_set = sis_name.code_set and shown.sis_code = sis_name.code;
