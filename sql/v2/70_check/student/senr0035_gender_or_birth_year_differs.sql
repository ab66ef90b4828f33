-- senr0035_gender_or_birth_year_differs: records to be sent whose SSID CALPADS holds with another
-- gender or birth year.
--
-- Blank is not another. What CALPADS held of the student counts too: a record that has gone since
-- leaves the SSID's gender and birth date as they are.
--
-- rule:     SENR0035
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, ods_record
-- stored:   no

create or replace view recon.senr0035_gender_or_birth_year_differs as

with

differences as (

    select
        proposed.student_key,
        proposed.ods_line,
        proposed.sis_line,
        proposed.student_gender_code,
        proposed.student_birth_date,
        coalesce(ods.student_gender_code <> proposed.student_gender_code, false)
            as is_another_gender,
        coalesce(year(ods.student_birth_date) <> year(proposed.student_birth_date), false)
            as is_another_year

    from recon.proposed_record as proposed
    inner join recon.ods_record as ods on proposed.student_key = ods.student_key

    where
        proposed.class <> 'remove'
        and (
            ods.student_gender_code <> proposed.student_gender_code
            or year(ods.student_birth_date) <> year(proposed.student_birth_date)
        )

)

select distinct
    'SENR0035' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_gender_code' as field,
    student_gender_code as value

from differences

where is_another_gender

union all

select distinct
    'SENR0035' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_birth_date' as field,
    strftime(student_birth_date, '%Y%m%d') as value

from differences

where is_another_year;
