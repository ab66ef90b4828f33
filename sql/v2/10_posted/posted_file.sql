-- posted_file: every posted file, and whether CALPADS accepted it before the ODS extract was made
-- or since.
--
-- If the file posted on the day of the extract, the records decide: a file posts as a whole, so if
-- the extract shows at least half of its records, it posted before. Without a date of the extract,
-- all files have posted since.
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
