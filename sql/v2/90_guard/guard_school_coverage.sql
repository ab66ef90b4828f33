-- guard_school_coverage: a school that has records in only one of the two extracts.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    start_count, start_range, run_parameters
-- stored:   no

create or replace view recon.guard_school_coverage as

with

counts as (

    select
        student_lea,
        school_of_attendance,
        cast(coalesce(sum(case when side = 'ods' then records end), 0) as bigint) as ods_records,
        cast(coalesce(sum(case when side = 'sis' then records end), 0) as bigint) as sis_records

    from recon.start_count

    where
        school_of_attendance is not null
        and not is_awaited

    group by
        student_lea,
        school_of_attendance

)

select
    'school_coverage' as guard,
    case when counts.student_lea <> '' then counts.student_lea end as reporting_lea,
    counts.school_of_attendance as subject,
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
