-- handover_day_start_on_exit_date: records to be sent that start on the day another primary
-- enrollment ends.
--
-- The student's records are compared as they will be after all files have posted. A no-show has no
-- day of attendance, so it does not count. If the ODS extract shows that CALPADS accepts such days,
-- none is found.
--
-- rule:     HANDOVER-DAY
-- severity: warning
-- since:    always
-- fix:      if CALPADS rejects the record, end the earlier enrollment in the SIS on the last day of
--           attendance, before this start, then export and run again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    earlier_enrollment, settled_rule
-- stored:   no

create or replace view recon.handover_day_start_on_exit_date as

select
    action_id,
    'enrollment_start_date' as field,
    other_record_id

from recon.earlier_enrollment

where
    not is_no_show
    and is_other_primary
    and other_exit_date = enrollment_start_date
    and not exists (
        select settled_rule.rule from recon.settled_rule
        where settled_rule.rule = 'HANDOVER-DAY'
    );
