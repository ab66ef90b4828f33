-- guard_removal_share: a share of removals and no-shows that is so high that the comparison may be
-- wrong.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    accounting_by_lea, run_parameters
-- stored:   no

create or replace view recon.guard_removal_share as

with

counts as (

    select
        reporting_lea,
        cast(sum(records) as bigint) as records,
        cast(sum(case when class in ('remove', 'no_show') then records end) as bigint) as removals

    from recon.accounting_by_lea

    where
        side = 'ods'
        and class <> 'out_of_scope'

    group by reporting_lea

)

select
    'removal_share' as guard,
    counts.reporting_lea,
    'removals' as subject,
    counts.removals as found,
    counts.records as out_of,
    cast(null as varchar) as detail

from counts
cross join reference.run_parameters as parameters

where
    counts.removals > 20
    and counts.removals > counts.records * parameters.max_removal_share;
