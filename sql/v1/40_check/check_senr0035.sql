-- check_senr0035: records to be sent whose SSID CALPADS holds with another gender or birth year.
--
-- Blank is not another.
--
-- rule:     SENR0035
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, ods_record
-- stored:   no

create or replace view recon.check_senr0035 as

select
    'SENR0035' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'student_gender_code' as field,
    proposed.student_gender_code as value

from recon.proposed_record as proposed

where
    proposed.class <> 'remove'
    and exists (
        select ods.ods_line
        from recon.ods_record as ods
        where
            ods.student_key = proposed.student_key
            and ods.student_gender_code <> proposed.student_gender_code
    )

union all

select
    'SENR0035' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'student_birth_date' as field,
    strftime(proposed.student_birth_date, '%Y%m%d') as value

from recon.proposed_record as proposed

where
    proposed.class <> 'remove'
    and exists (
        select ods.ods_line
        from recon.ods_record as ods
        where
            ods.student_key = proposed.student_key
            and year(ods.student_birth_date) <> year(proposed.student_birth_date)
    );
