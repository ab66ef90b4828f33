-- known_school: codes that belong to schools, because the school list or CALPADS's own records have
-- them.
--
-- The SIS may have anything in its school field, even a student's name. CALPADS accepts only school
-- codes there.
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
