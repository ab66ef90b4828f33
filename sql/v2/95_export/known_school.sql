-- known_school: codes that are a school's: the school list or CALPADS's own records have them.
--
-- What the SIS writes in the field of schools can be anything, a student's name too; CALPADS takes
-- no code there that is not a school's.
--
-- grain:    one row per school
-- key:      school_of_attendance
-- reads:    school, start_count
-- stored:   no

create or replace view recon.known_school as

select school_of_attendance

from reference.school

union

select school_of_attendance

from recon.start_count

where
    side = 'ods'
    and regexp_full_match(school_of_attendance, '[0-9]{7}');
