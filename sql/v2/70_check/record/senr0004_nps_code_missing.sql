-- senr0004_nps_code_missing: records to be sent of school 0000001 without the nonpublic school's
-- code.
--
-- rule:     SENR0004
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0004_nps_code_missing as

select
    'SENR0004' as rule,
    student_key,
    ods_line,
    sis_line,
    'school_of_attendance_nps' as field,
    school_of_attendance_nps as value

from recon.proposed_record

where
    class <> 'remove'
    and school_of_attendance = '0000001'
    and school_of_attendance_nps is null;
