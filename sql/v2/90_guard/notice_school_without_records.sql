-- notice_school_without_records: schools that --school asked for, but that have no record in scope.
--
-- grain:    one row per notice
-- key:      school_of_attendance
-- reads:    requested_school, start_count
-- stored:   no

create or replace view recon.notice_school_without_records as

select distinct requested.school_of_attendance

from reference.requested_school as requested
left join recon.start_count
    on requested.school_of_attendance = start_count.school_of_attendance

where start_count.school_of_attendance is null;
