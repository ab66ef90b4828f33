-- to_do: the rows of the list that someone must act on, with the student's name and, where CALPADS
-- is right, the value to enter in the SIS.
--
-- A reason says in which fields CALPADS is right: in all, in one, or in those that are blank in the
-- SIS. The name is that of the SIS, or of CALPADS if the SIS does not have the line.
--
-- grain:    one row per listed pair and differing field, or per listed line
-- key:      ods_line, sis_line, compared_place
-- reads:    listed, class_reason, compared_field, ods_raw, sis_raw
-- stored:   yes

create or replace view compare.to_do as

with

ods_names as (

    select
        source_line,
        nullif(
            concat_ws(
                ', ',
                nullif(trim(student_legal_last_name), ''),
                nullif(trim(student_legal_first_name), '')
            ),
            ''
        ) as student_name

    from staging.ods_raw

),

sis_names as (

    select
        source_line,
        nullif(
            concat_ws(
                ', ',
                nullif(trim(student_legal_last_name), ''),
                nullif(trim(student_legal_first_name), '')
            ),
            ''
        ) as student_name

    from staging.sis_raw

)

select
    listed.reason_position,
    listed.class,
    class_reason.name as class_name,
    listed.reason,
    listed.acts,
    coalesce(sis.student_name, ods.student_name) as student_name,
    listed.local_student_id,
    listed.ssid,
    listed.reporting_lea,
    listed.school_of_attendance,
    listed.record_key,
    listed.compared_place,
    listed.field,
    listed.calpads_value,
    listed.sis_value,
    case
        when listed.compared_place is null then null
        when class_reason.enter = 'all' then listed.calpads_value
        when class_reason.enter = 'blank' and listed.sis_value is null then listed.calpads_value
        when class_reason.enter = field.column_name then listed.calpads_value
    end as value_to_enter,
    class_reason.enter,
    listed.meaning,
    listed.what_to_do,
    listed.remark,
    listed.ods_line,
    listed.sis_line,
    listed.ods_line_number,
    listed.sis_line_number

from compare.listed
inner join reference.class_reason as class_reason
    on
        listed.class = class_reason.class
        and listed.reason = class_reason.reason
left join reference.compared_field as field on listed.compared_place = field.compared_place
left join ods_names as ods on listed.ods_line = ods.source_line
left join sis_names as sis on listed.sis_line = sis.source_line

where listed.acts <> 'nobody';
