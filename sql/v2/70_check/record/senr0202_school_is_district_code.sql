-- senr0202_school_is_district_code: records to be sent whose school is the district's own code.
--
-- Independently reporting charters are exempt: their school code is their LEA code, and CALPADS
-- already has records of that school.
--
-- rule:     SENR0202
-- severity: fatal
-- since:    always
-- fix:      in the SIS, enter the code of the school that the student attends, then export and run
--           again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, ods_record
-- stored:   no

create or replace view recon.senr0202_school_is_district_code as

select
    record_to_check.action_id,
    'school_of_attendance' as field

from recon.record_to_check

where
    record_to_check.school_of_attendance = record_to_check.reporting_lea
    and not exists (
        select ods.ods_line
        from recon.ods_record as ods
        where ods.school_of_attendance = record_to_check.reporting_lea
    );
