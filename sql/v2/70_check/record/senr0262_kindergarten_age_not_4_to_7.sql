-- senr0262_kindergarten_age_not_4_to_7: kindergarten records to be sent if the student is not 4 to
-- 7 years old at the start.
--
-- The age is in completed years. In other years, a student born on February 29 is a year older on
-- March 1.
--
-- rule:     SENR0262
-- severity: fatal
-- since:    2017-09-01
-- fix:      check the birth date, the start date and the grade in the SIS, correct the one that is
--           wrong, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0262_kindergarten_age_not_4_to_7 as

select
    action_id,
    'student_birth_date' as field

from recon.record_to_check

where
    grade_level_code = 'KN'
    and year(enrollment_start_date) - year(student_birth_date)
    - case
        when strftime(enrollment_start_date, '%m%d') < strftime(student_birth_date, '%m%d') then 1
        else 0
    end not between 4 and 7;
