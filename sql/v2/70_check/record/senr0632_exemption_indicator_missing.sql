-- senr0632_exemption_indicator_missing: graduates' records to be sent without a graduation
-- exemption indicator.
--
-- Exits up to June 30, 2023 are exempt.
--
-- rule:     SENR0632
-- severity: fatal
-- since:    2023-09-19
-- fix:      enter Y or N for the graduation exemption in the SIS, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0632_exemption_indicator_missing as

select
    action_id,
    'graduation_exemption_indicator' as field

from recon.record_to_check

where
    student_school_completion_status_code = '100'
    and enrollment_exit_date > date '2023-06-30'
    and graduation_exemption_indicator is null;
