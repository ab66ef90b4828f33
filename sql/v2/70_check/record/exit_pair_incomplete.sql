-- exit_pair_incomplete: records to be sent with an exit date but no exit reason, or the reverse.
--
-- The field is the one that is missing. A date that cannot be read counts as given; FRMT0002 finds
-- it.
--
-- rule:     EXIT-PAIR
-- severity: fatal
-- since:    always
-- fix:      in the SIS, fill in the one that is missing, or remove the other one if the student is
--           still enrolled, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.exit_pair_incomplete as

select
    action_id,
    case
        when student_exit_reason_code is null then 'student_exit_reason_code'
        else 'enrollment_exit_date'
    end as field

from recon.record_to_check

where
    (enrollment_exit_date_text is not null and student_exit_reason_code is null)
    or (enrollment_exit_date_text is null and student_exit_reason_code is not null);
