-- senr0316_biliteracy_seal_no_diploma: records to be sent with a Seal of Biliteracy without
-- completion status 100.
--
-- rule:     SENR0316
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0316_biliteracy_seal_no_diploma as

select
    'SENR0316' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_seal_of_biliteracy_indicator' as field,
    student_seal_of_biliteracy_indicator as value

from recon.proposed_record

where
    class <> 'remove'
    and student_seal_of_biliteracy_indicator = 'Y'
    and student_school_completion_status_code is distinct from '100';
