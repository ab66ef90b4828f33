-- completion_contradiction_not_e230: completion statuses beside another exit reason than E230.
--
-- rule:     COMPLETION-CONTRADICTION
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    target_enrollment, sis_record
-- stored:   no

create or replace view recon.completion_contradiction_not_e230 as

select
    'COMPLETION-CONTRADICTION' as rule,
    target.student_key,
    target.ods_line,
    target.sis_line,
    'student_school_completion_status_code' as field,
    sis.student_school_completion_status_code as value

from recon.target_enrollment as target
inner join recon.sis_record as sis on target.sis_line = sis.sis_line

where
    target.has_completion_contradiction
    and target.not_sent_reason is null;
