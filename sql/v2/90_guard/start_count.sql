-- start_count: how many records in scope start at each school on each day, for each extract.
--
-- In July and August CALPADS may not have any records of this school year yet. Until it has some,
-- the SIS's records of this year are awaited (`is_awaited`): they do not show which schools and
-- school years the extracts cover.
--
-- grain:    one row per extract, LEA of a run of several, school and start date
-- key:      side, student_lea, school_of_attendance, enrollment_start_date
-- reads:    ods_to_compare, sis_to_compare, agreeing_record, run_parameters
-- stored:   yes

create or replace view recon.start_count as

with

sides as (

    select 'ods' as side
    union all
    select 'sis' as side

),

records as (

    select
        'ods' as side,
        student_lea,
        school_of_attendance,
        enrollment_start_date,
        school_year_start

    from recon.ods_to_compare

    where scope_reason is null

    union all

    select
        'sis' as side,
        student_lea,
        school_of_attendance,
        enrollment_start_date,
        school_year_start

    from recon.sis_to_compare

    where scope_reason is null

    union all

    select
        sides.side,
        agreeing.student_lea,
        agreeing.school_of_attendance,
        agreeing.enrollment_start_date,
        agreeing.school_year_start

    from recon.agreeing_record as agreeing
    cross join sides

),

starts as (

    select
        side,
        student_lea,
        school_of_attendance,
        enrollment_start_date,
        school_year_start,
        count(*) as records

    from records

    group by
        side,
        student_lea,
        school_of_attendance,
        enrollment_start_date,
        school_year_start

),

leas_with_this_year_in_ods as (

    select distinct starts.student_lea

    from starts
    cross join reference.run_parameters as parameters

    where
        starts.side = 'ods'
        and starts.enrollment_start_date >= parameters.school_year_start

)

select
    starts.side,
    starts.student_lea,
    starts.school_of_attendance,
    starts.enrollment_start_date,
    starts.school_year_start,
    starts.records,
    coalesce(
        starts.side = 'sis'
        and starts.enrollment_start_date >= parameters.school_year_start
        and parameters.as_of < parameters.school_year_start + interval 2 month
        and in_ods.student_lea is null,
        false
    ) as is_awaited

from starts
cross join reference.run_parameters as parameters
left join leas_with_this_year_in_ods as in_ods on starts.student_lea = in_ods.student_lea;
