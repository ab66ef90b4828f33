-- notice_keep_list: rows of the keep list that name no record of the ODS extract.
--
-- grain:    one row per row of the keep list
-- key:      line_number
-- reads:    keep_list, ods_record, run_parameters
-- stored:   no

create or replace view recon.notice_keep_list as

select
    keep_list.line_number,
    parameters.keep_file

from reference.keep_list
cross join reference.run_parameters as parameters
left join recon.ods_record as ods
    on
        keep_list.ssid = ods.ssid
        and keep_list.school_of_attendance = ods.school_of_attendance
        and keep_list.enrollment_start_date = ods.enrollment_start_date

where ods.ods_line is null;
