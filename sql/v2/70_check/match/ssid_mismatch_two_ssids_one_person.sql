-- ssid_mismatch_two_ssids_one_person: students who seem to be one person under two SSIDs.
--
-- Both students are on hold as soon as one of them has a record to send.
--
-- rule:     SSID-MISMATCH
-- severity: fatal
-- since:    always
-- fix:      look up both SSIDs in CALPADS; correct a mistyped or retired one in the SIS, or have
--           them merged in CALPADS; then run again with new extracts
-- grain:    one row per student of such a pair and other record
-- key:      ods_line, sis_line, field, other_record_id
-- reads:    ssid_pair
-- stored:   no

create or replace view recon.ssid_mismatch_two_ssids_one_person as

select distinct
    ods_line,
    sis_line,
    'ssid' as field,
    case other_side when 'SIS' then 'SIS line ' else 'ODS line ' end || other_line
        as other_record_id

from recon.ssid_pair

where is_to_send;
