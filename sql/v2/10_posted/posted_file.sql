-- posted_file: the posted files, each taken by CALPADS before the ODS extract was made or since.
--
-- On the day of posting itself the extract tells: a file posts whole, so one that the extract shows
-- by half of its records at least was posted before. Without a date of the extract, all are since.
--
-- grain:    one row per posted file
-- key:      posting
-- reads:    posted_entry, run_parameters
-- stored:   yes

create or replace view recon.posted_file as

with

file_counts as (

    select
        posting,
        run_id,
        file_name,
        posted_on,
        count(*) as records,
        count(case when is_last then 1 end) as last_records,
        count(case when is_last and is_in_extract then 1 end) as shown_records

    from recon.posted_entry

    group by
        posting,
        run_id,
        file_name,
        posted_on

)

select
    file_counts.posting,
    file_counts.run_id,
    file_counts.file_name,
    file_counts.posted_on,
    file_counts.records,
    file_counts.shown_records,
    file_counts.last_records - file_counts.shown_records as contradicted_records,
    case
        when file_counts.posted_on < parameters.ods_date then 'BEFORE'
        when
            file_counts.posted_on = parameters.ods_date
            and file_counts.shown_records * 2 >= file_counts.last_records then 'BEFORE'
        else 'SINCE'
    end as posted

from file_counts
cross join reference.run_parameters as parameters;
