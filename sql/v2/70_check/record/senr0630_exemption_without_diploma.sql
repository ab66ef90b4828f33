-- senr0630_exemption_without_diploma: records to be sent with a graduation exemption and no
-- completion status 100.
--
-- rule:     SENR0630
-- severity: fatal
-- since:    2023-09-19
-- fix:      in the SIS, remove the indicator, or enter completion status 100, then export and run
--           again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0630_exemption_without_diploma as

select
    action_id,
    'graduation_exemption_indicator' as field

from recon.record_to_check

where
    graduation_exemption_indicator is not null
    and student_school_completion_status_code is distinct from '100';
