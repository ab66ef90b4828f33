-- senr0003_nps_code_at_other_school: records to be sent with a nonpublic school's code but not
-- school 0000001.
--
-- rule:     SENR0003
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0003_nps_code_at_other_school as

select
    'SENR0003' as rule,
    student_key,
    ods_line,
    sis_line,
    'school_of_attendance_nps' as field,
    school_of_attendance_nps as value

from recon.proposed_record

where
    class <> 'remove'
    and school_of_attendance_nps is not null
    and school_of_attendance <> '0000001';
