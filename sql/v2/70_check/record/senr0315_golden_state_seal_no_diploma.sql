-- senr0315_golden_state_seal_no_diploma: records to be sent with a Golden State Seal without
-- completion status 100.
--
-- rule:     SENR0315
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0315_golden_state_seal_no_diploma as

select
    'SENR0315' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_golden_state_seal_merit_diploma_indicator' as field,
    student_golden_state_seal_merit_diploma_indicator as value

from recon.proposed_record

where
    class <> 'remove'
    and student_golden_state_seal_merit_diploma_indicator = 'Y'
    and student_school_completion_status_code is distinct from '100';
