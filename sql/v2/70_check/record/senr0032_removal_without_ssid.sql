-- senr0032_removal_without_ssid: removals without SSID.
--
-- rule:     SENR0032
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0032_removal_without_ssid as

select
    'SENR0032' as rule,
    student_key,
    ods_line,
    sis_line,
    'ssid' as field,
    ssid as value

from recon.proposed_record

where
    class = 'remove'
    and ssid is null;
