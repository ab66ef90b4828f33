-- senr0004_nps_code_missing: records to be sent with school 0000001 and no nonpublic school's code.
--
-- rule:     SENR0004
-- severity: fatal
-- since:    always
-- fix:      enter the 7-digit code of the nonpublic school on the enrollment in the SIS, then
--           export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0004_nps_code_missing as

select
    action_id,
    'school_of_attendance_nps' as field

from recon.record_to_check

where
    school_of_attendance = '0000001'
    and school_of_attendance_nps is null;
