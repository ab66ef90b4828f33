-- difference: each field in which CALPADS and the SIS differ on an enrollment that both have, in
-- words.
--
-- The SIS's value is the one that CALPADS should show: translated, and with the exit that the rules
-- give it. A date is written as YYYY-MM-DD. The meaning is the name of a code. The class is `exit`,
-- `update` or `held`; a student on hold has no file, because nothing is sent.
--
-- grain:    one row per enrollment and differing field
-- key:      ods_line, sis_line, column_name
-- reads:    field_difference, classified_record, held_student, record_name, run_parameters,
--           school_name, layout, code_name, planned_record, upload_file
-- stored:   no

create or replace view recon.difference as

with

named_values as (

    select
        difference.ods_line,
        difference.sis_line,
        difference.column_name,
        layout.position,
        layout.number as field_number,
        layout.name as field_name,
        layout.code_set,
        case
            when layout.type = 'DT' and regexp_full_match(difference.ods_value, '[0-9]{8}')
                then
                    left(difference.ods_value, 4)
                    || '-' || left(right(difference.ods_value, 4), 2)
                    || '-' || right(difference.ods_value, 2)
            else difference.ods_value
        end as calpads_value,
        case
            when layout.type = 'DT' and regexp_full_match(difference.target_value, '[0-9]{8}')
                then
                    left(difference.target_value, 4)
                    || '-' || left(right(difference.target_value, 4), 2)
                    || '-' || right(difference.target_value, 2)
            else difference.target_value
        end as sis_value

    from recon.field_difference as difference
    inner join reference.layout as layout on difference.column_name = layout.column_name

)

select
    coalesce(nullif(record.student_lea, ''), parameters.lea) as reporting_lea,
    record.ssid,
    record.local_student_id,
    record_name.name as student_name,
    record.school_of_attendance,
    school_name.name as school_name,
    record.enrollment_start_date,
    difference.field_number,
    difference.field_name,
    difference.column_name,
    difference.calpads_value,
    calpads_code.name as calpads_meaning,
    difference.sis_value,
    sis_code.name as sis_meaning,
    case when held.student_key is null then record.class else 'held' end as class,
    planned.reason,
    upload_file.name as file,
    record.student_key,
    difference.position,
    difference.ods_line,
    difference.sis_line

from named_values as difference
inner join recon.classified_record as record
    on
        difference.ods_line = record.ods_line
        and difference.sis_line = record.sis_line
cross join reference.run_parameters as parameters
left join recon.record_name
    on difference.sis_line = record_name.source_line and record_name.side = 'sis'
left join recon.held_student as held on record.student_key = held.student_key
left join recon.school_name
    on
        coalesce(nullif(record.student_lea, ''), parameters.lea) = school_name.reporting_lea
        and record.school_of_attendance = school_name.school_of_attendance
left join recon.code_name as calpads_code
    on
        difference.code_set = calpads_code.code_set
        and difference.calpads_value = calpads_code.code
left join recon.code_name as sis_code
    on
        difference.code_set = sis_code.code_set
        and difference.sis_value = sis_code.code
left join recon.planned_record as planned on difference.sis_line = planned.sis_line
left join reference.upload_file as upload_file
    on
        planned.reporting_lea = upload_file.lea
        and planned.category = upload_file.category
        and planned.file_number = upload_file.file_number;
