-- ssid_count: how many lines each extract has of every SSID that both have, in scope or not.
--
-- grain:    one row per SSID
-- key:      ssid
-- reads:    ods_enrollment, sis_enrollment
-- stored:   no

create or replace view recon.ssid_count as

with

ods_lines as (

    select
        ssid,
        count(*) as lines

    from staging.ods_enrollment

    group by ssid

),

sis_lines as (

    select
        ssid,
        count(*) as lines

    from staging.sis_enrollment

    group by ssid

)

select
    ods_lines.ssid,
    ods_lines.lines as ods_lines,
    sis_lines.lines as sis_lines

from ods_lines
inner join sis_lines on ods_lines.ssid = sis_lines.ssid;
