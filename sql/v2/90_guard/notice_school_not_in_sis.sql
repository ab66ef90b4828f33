-- notice_school_not_in_sis: schools of which CALPADS has records, and the SIS extract none in those
-- school years.
--
-- grain:    one row per LEA and school
-- key:      reporting_lea, school_of_attendance
-- reads:    start_count
-- stored:   no

create or replace view recon.notice_school_not_in_sis as

with

counts as (

    select
        student_lea,
        school_of_attendance,
        school_year_start,
        cast(sum(case when side = 'ods' then records else 0 end) as bigint) as ods_records,
        cast(sum(case when side = 'sis' then records else 0 end) as bigint) as sis_records

    from recon.start_count

    where regexp_full_match(school_of_attendance, '[0-9]{7}')

    group by
        student_lea,
        school_of_attendance,
        school_year_start

)

select
    case when student_lea <> '' then student_lea end as reporting_lea,
    school_of_attendance,
    cast(sum(ods_records) as bigint) as records,
    year(min(school_year_start)) as first_year,
    year(max(school_year_start)) + 1 as last_year

from counts

where
    ods_records > 0
    and sis_records = 0

group by
    student_lea,
    school_of_attendance;
