-- senr0622_too_young_for_tk: transitional kindergarten records to be sent if the student is too
-- young.
--
-- The student must be 4 years old by September 1 of the academic year.
--
-- rule:     SENR0622
-- severity: fatal
-- since:    2023-07-01
-- fix:      check the birth date and the grade in the SIS, correct the one that is wrong, then
--           export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0622_too_young_for_tk as

select
    action_id,
    'student_birth_date' as field

from recon.record_to_check

where
    grade_level_code = 'TK'
    and strftime(student_birth_date, '%Y%m%d')
    > case
        when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
            then cast(cast(left(academic_year_id, 4) as integer) - 4 as varchar) || '0901'
    end;
