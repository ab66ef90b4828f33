-- posted_since: what CALPADS has accepted since the ODS extract was made: the last posting of each
-- key.
--
-- The records come after the extract's own lines and have line numbers of their own; a removal has
-- none. The comparison uses them instead of the extract's lines with the same key (ods_superseded).
--
-- grain:    one row per operational key
-- key:      posting, action_id
-- reads:    posted_record, posted_entry, posted_file, ods_raw
-- stored:   yes

create or replace view recon.posted_since as

with

extract as (

    select coalesce(max(source_line), 0) as last_line

    from staging.ods_raw

),

records_since as (

    select
        entry.posting,
        entry.action_id,
        entry.run_id,
        entry.file_name,
        entry.posted_on,
        entry.ssid,
        entry.school_of_attendance,
        entry.enrollment_start_date,
        coalesce(posted.transaction_type_code = 'D', false) as is_removal

    from recon.posted_entry as entry
    inner join recon.posted_file on entry.posting = posted_file.posting
    inner join staging.posted_record as posted
        on
            entry.posting = posted.posting
            and entry.action_id = posted.local_record_id

    where
        entry.is_last
        and posted_file.posted = 'SINCE'

),

numbered_records as (

    select
        posting,
        action_id,
        row_number() over (
            order by school_of_attendance, ssid, enrollment_start_date
        ) as position

    from records_since

    where not is_removal

)

select
    records_since.posting,
    records_since.action_id,
    records_since.run_id,
    records_since.file_name,
    records_since.posted_on,
    records_since.ssid,
    records_since.school_of_attendance,
    cast(strptime(records_since.enrollment_start_date, '%Y%m%d') as date) as enrollment_start_date,
    extract.last_line + numbered_records.position as ods_line

from records_since
cross join extract
left join numbered_records
    on
        records_since.posting = numbered_records.posting
        and records_since.action_id = numbered_records.action_id;
