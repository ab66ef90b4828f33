-- senr0202_school_is_district_code: records to be sent whose school is the district's own code.
--
-- An independently reporting charter is excepted: its school code is its LEA code, and CALPADS
-- holds records of that school already.
--
-- rule:     SENR0202
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, ods_record
-- stored:   no

create or replace view recon.senr0202_school_is_district_code as

select
    'SENR0202' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'school_of_attendance' as field,
    proposed.school_of_attendance as value

from recon.proposed_record as proposed

where
    proposed.class <> 'remove'
    and proposed.school_of_attendance = proposed.reporting_lea
    and not exists (
        select ods.ods_line
        from recon.ods_record as ods
        where ods.school_of_attendance = proposed.reporting_lea
    );
