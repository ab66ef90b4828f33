-- senr0632_exemption_indicator_missing: graduates' records to be sent without graduation exemption
-- indicator.
--
-- Exits up to June 30, 2023 are excepted.
--
-- rule:     SENR0632
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0632_exemption_indicator_missing as

select
    'SENR0632' as rule,
    student_key,
    ods_line,
    sis_line,
    'graduation_exemption_indicator' as field,
    graduation_exemption_indicator as value

from recon.proposed_record

where
    class <> 'remove'
    and student_school_completion_status_code = '100'
    and enrollment_exit_date > date '2023-06-30'
    and graduation_exemption_indicator is null;
