-- other_ssid: the other SSID of a person who seems to have two.
--
-- It is the first if there are several, and null if the SIS has none.
--
-- grain:    one row per record with a finding of SSID-MISMATCH
-- key:      ods_line, sis_line
-- reads:    ssid_pair
-- stored:   no

create or replace view recon.other_ssid as

select
    ods_line,
    sis_line,
    min(other_side) as other_side,
    min(other_ssid) as ssid

from recon.ssid_pair

group by
    ods_line,
    sis_line;
