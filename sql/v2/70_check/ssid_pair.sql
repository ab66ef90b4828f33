-- ssid_pair: two SSIDs that seem to be one person's, each with a record of that person.
--
-- Within an LEA, they have one local student ID with the same birth date or name; or one enrollment
-- that only CALPADS has under one of them, and only the SIS under the other, with the same local
-- student ID or the same name and birth date; or their local student IDs are crossed between
-- CALPADS and the SIS. If the SIS has given out new local student IDs, one ID on both sides means
-- little: then both the birth date and the name must be the same, and crossed IDs do not count.
--
-- grain:    one row per student and other student
-- key:      student_key, other_student_key
-- reads:    person_pair, crossed_pair, proposed_record
-- stored:   yes

create or replace view recon.ssid_pair as

with

students_to_send as (

    select distinct student_key

    from recon.proposed_record

),

one_person as (

    select
        pair.side,
        pair.source_line,
        pair.ods_line,
        pair.sis_line,
        pair.student_key,
        pair.enrollment_start_date,
        pair.other_side,
        pair.other_line,
        pair.other_student_key,
        pair.other_ssid

    from recon.person_pair as pair
    left join recon.crossed_pair as crossed
        on
            pair.student_key = crossed.student_key
            and pair.other_student_key = crossed.other_student_key

    where
        (
            (pair.has_same_id or pair.is_one_enrollment)
            and pair.has_same_birth_date and pair.has_same_name
        )
        or (
            pair.has_same_id
            and not pair.has_new_ids
            and (
                pair.has_same_birth_date
                or pair.has_same_name
                or pair.is_one_enrollment
                or crossed.student_key is not null
            )
        )

),

ranked_pairs as (

    select
        one_person.student_key,
        one_person.other_student_key,
        one_person.ods_line,
        one_person.sis_line,
        one_person.other_side,
        one_person.other_line,
        one_person.other_ssid,
        row_number() over (
            partition by one_person.student_key, one_person.other_student_key
            order by
                own.action_id is null,
                one_person.enrollment_start_date desc,
                one_person.side desc,
                one_person.source_line asc,
                one_person.other_side asc,
                one_person.other_line asc
        ) as place,
        student.student_key is not null or other_student.student_key is not null as is_to_send

    from one_person
    left join students_to_send as student on one_person.student_key = student.student_key
    left join students_to_send as other_student
        on one_person.other_student_key = other_student.student_key
    left join recon.proposed_record as own
        on
            one_person.student_key = own.student_key
            and one_person.ods_line is not distinct from own.ods_line
            and one_person.sis_line is not distinct from own.sis_line

)

select
    student_key,
    other_student_key,
    ods_line,
    sis_line,
    other_side,
    other_line,
    other_ssid,
    is_to_send

from ranked_pairs

where place = 1;
