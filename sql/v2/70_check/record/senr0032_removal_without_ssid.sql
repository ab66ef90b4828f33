-- senr0032_removal_without_ssid: removals without an SSID.
--
-- rule:     SENR0032
-- severity: fatal
-- since:    always
-- fix:      download the ODS extract again, because every record in CALPADS has an SSID, then run
--           again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0032_removal_without_ssid as

select
    action_id,
    'ssid' as field

from recon.proposed_record

where
    class = 'remove'
    and ssid is null;
