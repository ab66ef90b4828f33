-- notice_old_ods: an ODS extract whose newest change is more than 30 days before the as-of date.
--
-- Of several files, the oldest counts.
--
-- grain:    one row per notice
-- key:      newest_change_date
-- reads:    ods_scoped, run_parameters
-- stored:   no

create or replace view recon.notice_old_ods as

with

newest_change_of_file as (

    select max(last_change_date) as newest_change_date

    from recon.ods_scoped

    group by lines_before_file

),

newest_change as (

    select min(newest_change_date) as newest_change_date

    from newest_change_of_file

)

select
    newest_change.newest_change_date,
    parameters.as_of - newest_change.newest_change_date as days

from newest_change
cross join reference.run_parameters as parameters

where parameters.as_of - newest_change.newest_change_date > 30;
