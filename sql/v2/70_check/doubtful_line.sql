-- doubtful_line: lines that may be of one person under two SSIDs, or of two persons under one SSID.
--
-- These are lines whose local student ID has several SSIDs, lines of an SSID with several local
-- student IDs, and lines that only one side has, if the other side has such a line with the same
-- school and start date. Only students with a record to send count, and those that they may be.
--
-- grain:    one row per line of either extract
-- key:      side, source_line
-- reads:    proposed_record, id_line, classified_record
-- stored:   yes

create or replace view recon.doubtful_line as

with

lines_to_send as (

    select
        id_line.side,
        id_line.source_line,
        id_line.student_key,
        id_line.reporting_lea,
        id_line.local_student_id

    from (select distinct student_key from recon.proposed_record) as student_to_send
    inner join recon.id_line on student_to_send.student_key = id_line.student_key

    where id_line.local_student_id is not null

),

lines_of_an_id as (

    select
        id_line.side,
        id_line.source_line,
        min(id_line.ssid) over (
            partition by id_line.reporting_lea, id_line.local_student_id
        ) as first_ssid,
        max(id_line.ssid) over (
            partition by id_line.reporting_lea, id_line.local_student_id
        ) as last_ssid

    from (select distinct
        reporting_lea,
        local_student_id
    from lines_to_send) as to_send
    inner join recon.id_line
        on
            to_send.reporting_lea = id_line.reporting_lea
            and to_send.local_student_id = id_line.local_student_id

),

students_of_several_ids as (

    select student_key

    from lines_to_send

    group by student_key

    having min(local_student_id) <> max(local_student_id)

),

lone_keys_of_both as (

    select
        school_of_attendance,
        enrollment_start_date

    from recon.classified_record

    where
        ods_line is null
        or sis_line is null

    group by
        school_of_attendance,
        enrollment_start_date

    having count(ods_line) > 0 and count(sis_line) > 0

)

select
    side,
    source_line

from lines_of_an_id

where first_ssid <> last_ssid

union

select
    lines_to_send.side,
    lines_to_send.source_line

from lines_to_send
inner join students_of_several_ids as several on lines_to_send.student_key = several.student_key

union

select
    case when lone.ods_line is null then 'SIS' else 'CALPADS' end as side,
    coalesce(lone.ods_line, lone.sis_line) as source_line

from recon.classified_record as lone
inner join lone_keys_of_both as both_sides
    on
        lone.school_of_attendance = both_sides.school_of_attendance
        and lone.enrollment_start_date = both_sides.enrollment_start_date

where
    lone.ods_line is null
    or lone.sis_line is null;
