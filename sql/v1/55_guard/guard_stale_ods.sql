-- guard_stale_ods: an ODS extract that was last updated before this school year.
--
-- From August 15 on.
--
-- grain:    one row per reason to stop
-- key:      guard, subject
-- reads:    ods_record, run_parameters
-- stored:   no

create or replace view recon.guard_stale_ods as

with

newest_change as (

    select max(last_change_date) as last_change_date

    from recon.ods_record

)

select
    'stale_ods' as guard,
    cast(newest_change.last_change_date as varchar) as subject,
    cast(null as bigint) as found,
    cast(null as bigint) as out_of,
    cast(parameters.school_year_start as varchar) as detail

from newest_change
cross join reference.run_parameters as parameters

where
    parameters.allow_stale_ods = 'N'
    and parameters.as_of >= parameters.school_year_start + interval 45 day
    and newest_change.last_change_date < parameters.school_year_start;
