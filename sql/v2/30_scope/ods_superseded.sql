-- ods_superseded: lines of the ODS extract that a posting since then has replaced or removed.
--
-- grain:    one row per replaced or removed line
-- key:      ods_line
-- reads:    ods_enrollment, posted_since
-- stored:   yes

create or replace view recon.ods_superseded as

select
    ods.source_line as ods_line,
    posted_since.posting,
    posted_since.action_id

from staging.ods_enrollment as ods
inner join recon.posted_since
    on
        ods.ssid = posted_since.ssid
        and ods.school_of_attendance = posted_since.school_of_attendance
        and ods.enrollment_start_date = posted_since.enrollment_start_date

where ods.source_line is distinct from posted_since.ods_line;
