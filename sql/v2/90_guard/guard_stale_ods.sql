-- guard_stale_ods: an ODS extract whose newest change is from before this school year.
--
-- This guard applies from August 15 on. Of several files, the oldest counts.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    ods_scoped, run_parameters
-- stored:   no

create or replace view recon.guard_stale_ods as

with

newest_change_of_file as (

    select
        student_lea,
        max(last_change_date) as last_change_date

    from recon.ods_scoped

    group by
        student_lea,
        lines_before_file

),

newest_change as (

    select
        student_lea,
        min(last_change_date) as last_change_date

    from newest_change_of_file

    group by student_lea

)

select
    'stale_ods' as guard,
    case when newest_change.student_lea <> '' then newest_change.student_lea end as reporting_lea,
    cast(newest_change.last_change_date as varchar) as subject,
    cast(null as bigint) as found,
    cast(null as bigint) as out_of,
    cast(parameters.school_year_start as varchar) as detail

from newest_change
cross join reference.run_parameters as parameters

where
    not parameters.allow_stale_ods
    -- in a run of several LEAs, only those LEAs count
    and (not parameters.has_several_leas or newest_change.student_lea <> '')
    and parameters.as_of >= parameters.school_year_start + interval 45 day
    and newest_change.last_change_date < parameters.school_year_start;
