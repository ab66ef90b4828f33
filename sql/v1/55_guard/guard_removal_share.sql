-- guard_removal_share: so many removals and no-shows that the comparison is in doubt.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    ods_class, run_parameters
-- stored:   no

create or replace view recon.guard_removal_share as

with

counts as (

    select
        student_lea,
        count(case when class <> 'out_of_scope' then 1 end) as records,
        count(case when class in ('remove', 'no_show') then 1 end) as removals

    from recon.ods_class

    group by student_lea

)

select
    'removal_share' as guard,
    case when counts.student_lea <> '' then counts.student_lea end as reporting_lea,
    'removals' as subject,
    counts.removals as found,
    counts.records as out_of,
    cast(null as varchar) as detail

from counts
cross join reference.run_parameters as parameters

where
    counts.removals > 20
    and counts.removals > counts.records * parameters.max_removal_share;
