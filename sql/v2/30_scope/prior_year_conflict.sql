-- prior_year_conflict: SIS records of the school year that has just ended, if an ODS record that
-- stays is in their way.
--
-- While that year is open, its SIS-alone records are added and its ODS-alone records stay, like
-- those of earlier years. A SIS record that overlaps one of those is not added.
--
-- grain:    one row per SIS-alone record of the open school year that overlaps such a record
-- key:      sis_line
-- reads:    sis_scoped, ods_to_compare, run_parameters
-- stored:   yes

create or replace view recon.prior_year_conflict as

with

-- for speed: from August 16 on, no year is open, and then no record is read
open_year as (

    select
        open_prior_year_start,
        change_years

    from reference.run_parameters

    where open_prior_year_start is not null

),

sis_records as (

    select
        sis.sis_line,
        sis.student_key,
        sis.school_of_attendance,
        sis.enrollment_start_date,
        sis.enrollment_exit_date,
        sis.school_year_start = open_year.open_prior_year_start as is_of_open_year

    from recon.sis_scoped as sis
    inner join open_year on sis.school_year_start <= open_year.open_prior_year_start

    where
        sis.scope_reason is null
        and sis.ssid is not null

),

ods_records as (

    select
        ods.student_key,
        ods.school_of_attendance,
        ods.enrollment_start_date,
        ods.enrollment_exit_date

    from recon.ods_to_compare as ods
    inner join open_year on ods.school_year_start <= open_year.open_prior_year_start

    where
        ods.scope_reason is null
        and (
            ods.school_year_start = open_year.open_prior_year_start
            or open_year.change_years = 'current'
        )

),

ods_alone_records as (

    select
        ods.student_key,
        ods.enrollment_start_date,
        ods.enrollment_exit_date

    from ods_records as ods
    left join sis_records as sis
        on
            ods.student_key = sis.student_key
            and ods.school_of_attendance = sis.school_of_attendance
            and ods.enrollment_start_date = sis.enrollment_start_date

    where sis.sis_line is null

)

select distinct sis.sis_line

from sis_records as sis
inner join ods_alone_records as ods
    on
        sis.student_key = ods.student_key
        and sis.enrollment_start_date < coalesce(ods.enrollment_exit_date, date '9999-12-31')
        and ods.enrollment_start_date < coalesce(sis.enrollment_exit_date, date '9999-12-31')

where sis.is_of_open_year;
