-- own_record: every record that the comparison looks at, as its own side shows it, in words.
--
-- `ending` says how the enrollment ends. The school is CALPADS's code. The LEA is that of the run,
-- and blank if it cannot be read in a run of several LEAs.
--
-- grain:    one row per record of either side
-- key:      side, source_line
-- reads:    ods_to_compare, sis_to_compare, ods_enrollment, sis_enrollment, record_name,
--           run_parameters
-- stored:   no

create or replace view recon.own_record as

with

records as (

    select
        'CALPADS' as side,
        compared.ods_line as source_line,
        compared.student_lea,
        compared.ssid,
        compared.local_student_id,
        compared.school_of_attendance,
        own.enrollment_start_date,
        own.enrollment_start_date_text,
        own.enrollment_exit_date,
        own.enrollment_exit_date_text,
        own.student_exit_reason_code,
        own.enrollment_status_code

    from recon.ods_to_compare as compared
    inner join staging.ods_enrollment as own on compared.ods_line = own.source_line

    union all

    select
        'SIS' as side,
        compared.sis_line as source_line,
        compared.student_lea,
        compared.ssid,
        compared.local_student_id,
        compared.school_of_attendance,
        own.enrollment_start_date,
        own.enrollment_start_date_text,
        own.enrollment_exit_date,
        own.enrollment_exit_date_text,
        own.student_exit_reason_code,
        own.enrollment_status_code

    from recon.sis_to_compare as compared
    inner join staging.sis_enrollment as own on compared.sis_line = own.source_line

)

select
    records.side,
    records.source_line,
    coalesce(nullif(records.student_lea, ''), parameters.lea) as student_lea,
    records.ssid,
    records.local_student_id,
    records.school_of_attendance,
    record_name.name,
    coalesce(
        cast(records.enrollment_start_date as varchar), records.enrollment_start_date_text
    ) as start_date,
    coalesce(
        'to '
        || coalesce(
            cast(records.enrollment_exit_date as varchar), records.enrollment_exit_date_text
        )
        || coalesce(' with ' || records.student_exit_reason_code, ' without a reason'),
        'open' || coalesce(', with ' || records.student_exit_reason_code, '')
    )
    || case when records.enrollment_status_code = '20' then ', secondary' else '' end as ending

from records
cross join reference.run_parameters as parameters
left join recon.record_name
    on
        records.source_line = record_name.source_line
        and case records.side when 'CALPADS' then 'ods' else 'sis' end = record_name.side;
