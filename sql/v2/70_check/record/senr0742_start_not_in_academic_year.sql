-- senr0742_start_not_in_academic_year: records to be sent whose academic year does not hold the
-- start date.
--
-- An academic year that is no year pair is SENR0006's.
--
-- rule:     SENR0742
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0742_start_not_in_academic_year as

select
    'SENR0742' as rule,
    student_key,
    ods_line,
    sis_line,
    'academic_year_id' as field,
    academic_year_id as value

from recon.proposed_record

where
    class <> 'remove'
    and case
        when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
            then cast(left(academic_year_id, 4) as integer)
    end
    <> year(enrollment_start_date) - case when month(enrollment_start_date) < 7 then 1 else 0 end;
