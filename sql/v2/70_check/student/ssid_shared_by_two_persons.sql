-- ssid_shared_by_two_persons: records to be sent whose SSID seems to be two persons'.
--
-- In the SIS, the SSID has two local student IDs, and another birth date, first name or last name.
-- Or CALPADS and the SIS differ in all four. A blank is not different.
--
-- rule:     SSID-SHARED
-- severity: fatal
-- since:    always
-- fix:      look up the SSID in CALPADS; give the other student the right SSID in the SIS, or
--           request one; then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    person_line, proposed_record
-- stored:   no

create or replace view recon.ssid_shared_by_two_persons as

with

students_of_two_persons as (

    select distinct one.student_key

    from recon.person_line as one
    inner join recon.person_line as other
        on
            one.student_key = other.student_key
            and one.ssid = other.ssid
            and one.local_student_id <> other.local_student_id

    where
        one.side = 'SIS'
        and (
            (
                other.side = 'SIS'
                and (
                    one.student_birth_date <> other.student_birth_date
                    or one.first_name <> other.first_name
                    or one.last_name <> other.last_name
                )
            )
            or (
                other.side = 'CALPADS'
                and one.student_birth_date <> other.student_birth_date
                and one.first_name <> other.first_name
                and one.last_name <> other.last_name
            )
        )

)

select
    proposed.action_id,
    'ssid' as field

from students_of_two_persons
inner join recon.proposed_record as proposed
    on students_of_two_persons.student_key = proposed.student_key;
