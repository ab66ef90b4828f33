-- file_position: the category and the file number of every record that goes into a file.
--
-- Each file has at most one record of a student. Unconfirmed records, and the records that must
-- follow them, are in updates files of their own, after all other files.
--
-- grain:    one row per record to be uploaded
-- key:      action_id
-- reads:    record_category, proposed_record
-- stored:   yes

create or replace view recon.file_position as

with

positions as (

    select
        categorized.action_id,
        categorized.category,
        categorized.is_unconfirmed,
        categorized.predecessors,
        proposed.reporting_lea,
        row_number() over (
            partition by proposed.student_key, categorized.category, categorized.is_unconfirmed
            order by
                categorized.predecessors,
                proposed.enrollment_start_date,
                proposed.school_of_attendance,
                proposed.action_id
        ) as position_of_student

    from recon.record_category as categorized
    inner join recon.proposed_record as proposed on categorized.action_id = proposed.action_id

),

confirmed_updates as (

    select
        reporting_lea,
        max(position_of_student) as files

    from positions

    where
        category = 'updates'
        and not is_unconfirmed
    group by reporting_lea

)

select
    positions.action_id,
    positions.category,
    positions.position_of_student
    + case when positions.is_unconfirmed then coalesce(confirmed_updates.files, 0) else 0 end
        as file_number,
    positions.is_unconfirmed,
    positions.predecessors

from positions
left join confirmed_updates on positions.reporting_lea = confirmed_updates.reporting_lea;
