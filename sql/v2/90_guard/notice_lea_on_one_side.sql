-- notice_lea_on_one_side: LEAs of which only one extract has records, and LEAs of the run of which
-- none has.
--
-- grain:    one row per LEA
-- key:      reporting_lea
-- reads:    scope_count, run_lea
-- stored:   no

create or replace view recon.notice_lea_on_one_side as

with

lea_counts as (

    select
        reporting_lea,
        cast(sum(case when side = 'ods' then records else 0 end) as bigint) as ods_records,
        cast(sum(case when side = 'sis' then records else 0 end) as bigint) as sis_records

    from recon.scope_count

    where reporting_lea is not null

    group by reporting_lea

)

select
    coalesce(lea_counts.reporting_lea, run_lea.reporting_lea) as reporting_lea,
    run_lea.reporting_lea is not null as is_lea_of_run,
    coalesce(lea_counts.ods_records, 0) as ods_records,
    coalesce(lea_counts.sis_records, 0) as sis_records

from lea_counts
full outer join reference.run_lea as run_lea on lea_counts.reporting_lea = run_lea.reporting_lea

where
    coalesce(lea_counts.ods_records, 0) = 0
    or coalesce(lea_counts.sis_records, 0) = 0;
