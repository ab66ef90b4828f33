-- crossed_pair: two students whose local student IDs are crossed between CALPADS and the SIS.
--
-- Each has on one side the ID that the other one has on the other side.
--
-- grain:    one row per student and other student
-- key:      student_key, other_student_key
-- reads:    person_pair
-- stored:   no

create or replace view recon.crossed_pair as

select distinct
    there.student_key,
    there.other_student_key

from recon.person_pair as there
inner join recon.person_pair as back
    on
        there.student_key = back.other_student_key
        and there.other_student_key = back.student_key
        and there.side = back.side
        and there.local_student_id <> back.local_student_id

where
    there.side <> there.other_side
    and back.side <> back.other_side
    and there.has_same_id
    and back.has_same_id
    and not there.has_new_ids;
