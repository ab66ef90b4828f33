-- senr0316_biliteracy_seal_no_diploma: records to be sent with a Seal of Biliteracy and no
-- completion status 100.
--
-- rule:     SENR0316
-- severity: fatal
-- since:    2017-05-01
-- fix:      in the SIS, remove the Seal of Biliteracy, or enter completion status 100, then export
--           and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0316_biliteracy_seal_no_diploma as

select
    action_id,
    'student_seal_of_biliteracy_indicator' as field

from recon.record_to_check

where
    student_seal_of_biliteracy_indicator = 'Y'
    and student_school_completion_status_code is distinct from '100';
