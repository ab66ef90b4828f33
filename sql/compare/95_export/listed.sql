-- listed: the rows of the list: one per differing field of a pair, or one per line.
--
-- The values are as the extracts have them. A line without a pair, or one that is not compared,
-- shows all values of its side.
--
-- grain:    one row per listed pair and differing field, or per listed line
-- key:      ods_line, sis_line, compared_place
-- reads:    listed_line, class_reason, value_difference, compared_field, compared_line,
--   line_remark
-- stored:   yes

create or replace view compare.listed as

with

-- One side at a time, so that DuckDB works out the values of these lines only.
ods_lines as (

    select
        source_line,
        file_name,
        line_number,
        reporting_lea,
        school_of_attendance,
        ssid,
        local_student_id,
        record_key,
        shown_values,
        all_values

    from staging.compared_line

    where
        side = 'ods'
        and source_line in (select listed_line.ods_line from compare.listed_line)

),

sis_lines as (

    select
        source_line,
        file_name,
        line_number,
        reporting_lea,
        school_of_attendance,
        ssid,
        local_student_id,
        record_key,
        shown_values,
        all_values

    from staging.compared_line

    where
        side = 'sis'
        and source_line in (select listed_line.sis_line from compare.listed_line)

)

select
    listed_line.reason_position,
    listed_line.class,
    listed_line.reason,
    class_reason.acts,
    coalesce(sis.ssid, ods.ssid) as ssid,
    coalesce(sis.local_student_id, ods.local_student_id) as local_student_id,
    coalesce(ods.reporting_lea, sis.reporting_lea) as reporting_lea,
    coalesce(sis.school_of_attendance, ods.school_of_attendance) as school_of_attendance,
    coalesce(ods.record_key, sis.record_key) as record_key,
    field.compared_place,
    field.name as field,
    case
        when field.compared_place is null then ods.all_values
        else replace(
            nullif(split_part(ods.shown_values, '^', field.compared_place), ''), chr(10), '^'
        )
    end as calpads_value,
    case
        when field.compared_place is null then sis.all_values
        else replace(
            nullif(split_part(sis.shown_values, '^', field.compared_place), ''), chr(10), '^'
        )
    end as sis_value,
    class_reason.meaning,
    class_reason.what_to_do,
    line_remark.remark,
    listed_line.ods_line,
    listed_line.sis_line,
    ods.file_name as ods_file,
    ods.line_number as ods_line_number,
    sis.file_name as sis_file,
    sis.line_number as sis_line_number

from compare.listed_line as listed_line
inner join reference.class_reason as class_reason
    on
        listed_line.class = class_reason.class
        and listed_line.reason = class_reason.reason
left join ods_lines as ods on listed_line.ods_line = ods.source_line
left join sis_lines as sis on listed_line.sis_line = sis.source_line
left join compare.line_remark as line_remark on listed_line.sis_line = line_remark.sis_line
left join compare.value_difference as difference
    on
        listed_line.ods_line = difference.ods_line
        and listed_line.sis_line = difference.sis_line
left join reference.compared_field as field on difference.compared_place = field.compared_place;
