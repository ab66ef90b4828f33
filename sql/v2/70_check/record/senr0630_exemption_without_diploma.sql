-- senr0630_exemption_without_diploma: records to be sent with a graduation exemption but not
-- completion status 100.
--
-- rule:     SENR0630
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0630_exemption_without_diploma as

select
    'SENR0630' as rule,
    student_key,
    ods_line,
    sis_line,
    'graduation_exemption_indicator' as field,
    graduation_exemption_indicator as value

from recon.proposed_record

where
    class <> 'remove'
    and graduation_exemption_indicator is not null
    and student_school_completion_status_code is distinct from '100';
