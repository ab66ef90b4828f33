-- completion_contradiction_not_e230: SIS records with a completion status whose exit reason is not
-- E230.
--
-- rule:     COMPLETION-CONTRADICTION
-- severity: fatal
-- since:    always
-- fix:      in the SIS, set the exit reason to E230 if the student completed school, or remove the
--           completion status, then export and run again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    target_enrollment
-- stored:   no

create or replace view recon.completion_contradiction_not_e230 as

select
    ods_line,
    sis_line,
    'student_school_completion_status_code' as field

from recon.target_enrollment

where
    has_completion_contradiction
    and not_sent_reason is null;
