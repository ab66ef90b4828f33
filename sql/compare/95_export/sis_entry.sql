-- sis_entry: what to do in the SIS, with one row for each value of CALPADS to enter there.
--
-- Of a line that only CALPADS has, each of its values is a row. Where CALPADS is not known to be
-- right, the row has no value to enter, and says what to correct.
--
-- grain:    one row per pair or line and field to enter, or per row of the list without one
-- key:      ods_line, sis_line, compared_place
-- reads:    to_do, compared_field, compared_line
-- stored:   no

create or replace view compare.sis_entry as

with

-- find the lines first, so that values are read from those lines only
lone_lines as (

    select ods_line

    from compare.to_do

    where
        acts = 'SIS'
        and enter = 'all'
        and compared_place is null

),

lone_values as (

    select
        lone_lines.ods_line,
        field.compared_place,
        field.name as field,
        replace(
            nullif(split_part(line.shown_values, '^', field.compared_place), ''), chr(10), '^'
        ) as value_to_enter

    from lone_lines
    inner join staging.compared_line as line
        on
            lone_lines.ods_line = line.source_line
            and line.side = 'ods'
    cross join reference.compared_field as field

)

select
    to_do.reason_position,
    to_do.class,
    to_do.reason,
    to_do.student_name,
    to_do.local_student_id,
    to_do.ssid,
    to_do.reporting_lea,
    to_do.school_of_attendance,
    to_do.record_key,
    coalesce(to_do.compared_place, lone_values.compared_place) as compared_place,
    coalesce(to_do.field, lone_values.field) as field,
    case when lone_values.ods_line is null then to_do.calpads_value end as calpads_value,
    to_do.sis_value,
    coalesce(to_do.value_to_enter, lone_values.value_to_enter) as value_to_enter,
    to_do.meaning,
    to_do.what_to_do,
    to_do.remark,
    to_do.ods_line,
    to_do.sis_line

from compare.to_do
left join lone_values
    on
        to_do.ods_line = lone_values.ods_line
        and to_do.compared_place is null
        and lone_values.value_to_enter is not null

where to_do.acts = 'SIS';
