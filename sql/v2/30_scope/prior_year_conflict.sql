-- prior_year_conflict: SIS records of the school year that has just ended, if an ODS record that
-- stays is in their way.
--
-- While that year is open, its SIS-alone records are added, and ODS-alone records of earlier years
-- stay. A SIS record that overlaps one of those is not added.
--
-- grain:    one row per SIS-alone record of the open school year that overlaps such a record
-- key:      sis_line
-- reads:    sis_scoped, ods_record, run_parameters
-- stored:   yes

create or replace view recon.prior_year_conflict as

with

sis_in_scope as (

    select
        sis.sis_line,
        sis.student_key,
        sis.school_of_attendance,
        sis.enrollment_start_date,
        sis.enrollment_exit_date,
        sis.school_year_start

    -- for speed: from August 16 on, no year is open, and nothing is read
    from (select * from reference.run_parameters where open_prior_year_start is not null)
        as parameters
    inner join recon.sis_scoped as sis
        on sis.school_year_start <= parameters.open_prior_year_start

    where
        sis.scope_reason is null
        and sis.ssid is not null

),

staying_records as (

    select
        ods.student_key,
        ods.enrollment_start_date,
        ods.enrollment_exit_date

    from recon.ods_record as ods
    inner join reference.run_parameters as parameters
        on
            ods.school_year_start = parameters.open_prior_year_start
            or (
                parameters.change_years = 'current'
                and ods.school_year_start < parameters.open_prior_year_start
            )
    left join sis_in_scope as sis
        on
            ods.student_key = sis.student_key
            and ods.school_of_attendance = sis.school_of_attendance
            and ods.enrollment_start_date = sis.enrollment_start_date

    where
        ods.scope_reason is null
        and sis.sis_line is null

)

select distinct sis.sis_line

from sis_in_scope as sis
inner join reference.run_parameters as parameters
    on sis.school_year_start = parameters.open_prior_year_start
inner join staying_records as ods
    on
        sis.student_key = ods.student_key
        and sis.enrollment_start_date < coalesce(ods.enrollment_exit_date, date '9999-12-31')
        and ods.enrollment_start_date < coalesce(sis.enrollment_exit_date, date '9999-12-31');
