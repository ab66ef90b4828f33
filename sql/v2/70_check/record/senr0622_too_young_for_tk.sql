-- senr0622_too_young_for_tk: records to be sent of students too young for transitional
-- kindergarten.
--
-- They must be 4 years old by September 1 of the academic year.
--
-- rule:     SENR0622
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0622_too_young_for_tk as

select
    'SENR0622' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_birth_date' as field,
    strftime(student_birth_date, '%Y%m%d') as value

from recon.proposed_record

where
    class <> 'remove'
    and grade_level_code = 'TK'
    and strftime(student_birth_date, '%Y%m%d')
    > case
        when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
            then cast(cast(left(academic_year_id, 4) as integer) - 4 as varchar) || '0901'
    end;
