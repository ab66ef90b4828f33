-- other_ssid: the other SSID of a person who seems to have two, and the side that has it.
--
-- It is the first if there are several, and null if the SIS has none.
--
-- grain:    one row per record with a finding of SSID-MISMATCH
-- key:      ods_line, sis_line
-- reads:    ssid_pair
-- stored:   no

create or replace view recon.other_ssid as

with

ranked_pairs as (

    select
        ods_line,
        sis_line,
        other_side,
        other_ssid,
        row_number() over (
            partition by ods_line, sis_line order by other_ssid asc nulls last, other_side asc
        ) as place

    from recon.ssid_pair

)

select
    ods_line,
    sis_line,
    other_side,
    other_ssid as ssid

from ranked_pairs

where place = 1;
