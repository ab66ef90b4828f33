-- guard_coverage: a school or a school year that only one of the extracts covers.
--
-- In July and August it is no wonder that CALPADS holds nothing of this school year yet: as long as
-- it does not, the SIS's records of this year tell nothing about what the extracts cover.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    ods_record, sis_record, run_parameters
-- stored:   no

create or replace view recon.guard_coverage as

with

this_year_in_ods as (

    select
        ods.student_lea,
        count(*) as records

    from recon.ods_record as ods
    cross join reference.run_parameters as parameters

    where
        ods.scope_reason is null
        and ods.enrollment_start_date >= parameters.school_year_start

    group by ods.student_lea

),

records as (

    select
        'ods' as side,
        student_lea,
        school_of_attendance,
        enrollment_start_date,
        count(*) as records

    from recon.ods_record

    where scope_reason is null

    group by
        student_lea,
        school_of_attendance,
        enrollment_start_date

    union all

    select
        'sis' as side,
        sis.student_lea,
        sis.school_of_attendance,
        sis.enrollment_start_date,
        count(*) as records

    from recon.sis_record as sis
    cross join reference.run_parameters as parameters
    left join this_year_in_ods on sis.student_lea = this_year_in_ods.student_lea

    where
        sis.scope_reason is null
        and (
            sis.enrollment_start_date is null
            or sis.enrollment_start_date < parameters.school_year_start
            or parameters.as_of >= parameters.school_year_start + interval 2 month
            or this_year_in_ods.records > 0
        )

    group by
        sis.student_lea,
        sis.school_of_attendance,
        sis.enrollment_start_date

),

covered as (

    select
        side,
        student_lea,
        'school ' || school_of_attendance as subject,
        records

    from records

    where school_of_attendance is not null

    union all

    select
        records.side,
        records.student_lea,
        'school year '
        || (
            year(records.enrollment_start_date)
            - case when month(records.enrollment_start_date) < 7 then 1 else 0 end
        )
        || '-'
        || (
            year(records.enrollment_start_date)
            + case when month(records.enrollment_start_date) < 7 then 0 else 1 end
        )
            as subject,
        records.records

    from records
    cross join reference.run_parameters as parameters

    -- who starts in the next school year is not sent yet
    where records.enrollment_start_date <= parameters.school_year_end

),

counts as (

    select
        student_lea,
        subject,
        cast(coalesce(sum(case when side = 'ods' then records end), 0) as bigint) as ods_records,
        cast(coalesce(sum(case when side = 'sis' then records end), 0) as bigint) as sis_records

    from covered

    group by
        student_lea,
        subject

),

ranges as (

    select
        student_lea,
        min(case when side = 'ods' then enrollment_start_date end) as ods_first,
        max(case when side = 'ods' then enrollment_start_date end) as ods_last,
        min(case when side = 'sis' then enrollment_start_date end) as sis_first,
        max(case when side = 'sis' then enrollment_start_date end) as sis_last

    from records

    group by student_lea

)

select
    'coverage' as guard,
    case when counts.student_lea <> '' then counts.student_lea end as reporting_lea,
    counts.subject,
    counts.ods_records as found,
    counts.sis_records as out_of,
    'the ODS extract has starts from ' || ranges.ods_first || ' to ' || ranges.ods_last
    || ', the SIS extract from ' || ranges.sis_first || ' to ' || ranges.sis_last as detail

from counts
inner join ranges on counts.student_lea = ranges.student_lea
cross join reference.run_parameters as parameters

where
    not parameters.allow_missing_schools
    and (
        (counts.ods_records > 20 and counts.sis_records = 0)
        or (counts.sis_records > 20 and counts.ods_records = 0)
    );
