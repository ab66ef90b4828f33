-- other_ssid: the SSID that the other side has for an enrollment under two SSIDs.
--
-- It is the first if there are several, and null if the SIS has none.
--
-- grain:    one row per record with a finding of SSID-MISMATCH
-- key:      ods_line, sis_line
-- reads:    offense, classified_record
-- stored:   no

create or replace view recon.other_ssid as

select
    offense.ods_line,
    offense.sis_line,
    min(other.ssid) as ssid

from recon.offense
inner join recon.classified_record as other
    on
        offense.other_record_id
        = coalesce('ODS line ' || other.ods_line, 'SIS line ' || other.sis_line)

where offense.rule = 'SSID-MISMATCH'

group by
    offense.ods_line,
    offense.sis_line;
