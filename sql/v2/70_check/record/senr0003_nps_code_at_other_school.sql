-- senr0003_nps_code_at_other_school: records to be sent with a nonpublic school's code and a school
-- other than 0000001.
--
-- rule:     SENR0003
-- severity: fatal
-- since:    always
-- fix:      in the SIS, remove the nonpublic school's code or report the enrollment under school
--           0000001, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0003_nps_code_at_other_school as

select
    action_id,
    'school_of_attendance_nps' as field

from recon.record_to_check

where
    school_of_attendance_nps is not null
    and school_of_attendance <> '0000001';
