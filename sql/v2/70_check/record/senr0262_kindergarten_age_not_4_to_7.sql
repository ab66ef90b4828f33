-- senr0262_kindergarten_age_not_4_to_7: kindergarten records to be sent of students not aged 4 to 7
-- at the start.
--
-- Age in completed years; who is born on February 29 completes one on March 1 of other years.
--
-- rule:     SENR0262
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0262_kindergarten_age_not_4_to_7 as

select
    'SENR0262' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_birth_date' as field,
    strftime(student_birth_date, '%Y%m%d') as value

from recon.proposed_record

where
    class <> 'remove'
    and grade_level_code = 'KN'
    and year(enrollment_start_date) - year(student_birth_date)
    - case
        when strftime(enrollment_start_date, '%m%d') < strftime(student_birth_date, '%m%d') then 1
        else 0
    end not between 4 and 7;
