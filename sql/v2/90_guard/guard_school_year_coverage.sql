-- guard_school_year_coverage: a school year that has records in only one of the two extracts.
--
-- The school year of a record is the one in which it starts, from July 1 to June 30.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    start_count, start_range, run_parameters
-- stored:   no

create or replace view recon.guard_school_year_coverage as

with

starts as (

    select
        start_count.side,
        start_count.student_lea,
        start_count.records,
        year(start_count.school_year_start) as first_year

    from recon.start_count
    cross join reference.run_parameters as parameters

    where
        not start_count.is_awaited
        -- enrollments that start in the next school year are not sent yet
        and start_count.enrollment_start_date <= parameters.school_year_end

),

counts as (

    select
        student_lea,
        first_year,
        cast(coalesce(sum(case when side = 'ods' then records end), 0) as bigint) as ods_records,
        cast(coalesce(sum(case when side = 'sis' then records end), 0) as bigint) as sis_records

    from starts

    group by
        student_lea,
        first_year

)

select
    'school_year_coverage' as guard,
    case when counts.student_lea <> '' then counts.student_lea end as reporting_lea,
    counts.first_year || '-' || (counts.first_year + 1) as subject,
    counts.ods_records as found,
    counts.sis_records as out_of,
    ranges.start_range as detail

from counts
inner join recon.start_range as ranges on counts.student_lea = ranges.student_lea
cross join reference.run_parameters as parameters

where
    not parameters.allow_missing_schools
    and (
        (counts.ods_records > 20 and counts.sis_records = 0)
        or (counts.sis_records > 20 and counts.ods_records = 0)
    );
