-- person_pair: two lines under different SSIDs with one local student ID, or with one enrollment,
-- and what else is the same on them.
--
-- grain:    one row per line of person_line and other line
-- key:      side, source_line, other_side, other_line
-- reads:    person_line, local_id_change
-- stored:   yes

create or replace view recon.person_pair as

with

pairs as (

    select
        one.side,
        one.source_line,
        other.side as other_side,
        other.source_line as other_line

    from recon.person_line as one
    inner join recon.person_line as other on one.local_student_id = other.local_student_id

    union

    select
        one.side,
        one.source_line,
        other.side as other_side,
        other.source_line as other_line

    from recon.person_line as one
    inner join recon.person_line as other
        on
            one.school_of_attendance = other.school_of_attendance
            and one.enrollment_start_date = other.enrollment_start_date
            and one.student_birth_date = other.student_birth_date

    where
        one.is_alone
        and other.is_alone
        and one.side <> other.side

)

select
    one.side,
    one.source_line,
    one.ods_line,
    one.sis_line,
    one.student_key,
    one.enrollment_start_date,
    one.local_student_id,
    other.side as other_side,
    other.source_line as other_line,
    other.student_key as other_student_key,
    other.ssid as other_ssid,
    coalesce(one.local_student_id = other.local_student_id, false) as has_same_id,
    coalesce(one.student_birth_date = other.student_birth_date, false) as has_same_birth_date,
    coalesce(one.first_name = other.first_name and one.last_name = other.last_name, false)
        as has_same_name,
    coalesce(
        one.is_alone
        and other.is_alone
        and one.side <> other.side
        and one.school_of_attendance = other.school_of_attendance
        and one.enrollment_start_date = other.enrollment_start_date,
        false
    ) as is_one_enrollment,
    one.side <> other.side and coalesce(id_change.has_new_local_ids, false) as has_new_ids

from pairs
inner join recon.person_line as one
    on pairs.side = one.side and pairs.source_line = one.source_line
inner join recon.person_line as other
    on pairs.other_side = other.side and pairs.other_line = other.source_line
left join recon.local_id_change as id_change on one.student_lea = id_change.student_lea

where
    one.ssid is distinct from other.ssid
    -- a record whose LEA cannot be read may belong to any LEA
    and coalesce(one.readable_lea = other.readable_lea, true);
