-- ods_alone: ODS records that the SIS does not have: they stay, are held, or may be removed.
--
-- Records of the school year that has just ended stay as long as that year is open.
--
-- grain:    one row per ODS record in scope that has no SIS record with its key
-- key:      ods_line
-- reads:    enrollment_match, ods_to_compare, scope_edge, keep_list, run_parameters
-- stored:   yes

create or replace view recon.ods_alone as

with

alone_records as (

    select
        ods.ods_line,
        ods.student_key,
        ods.ssid,
        ods.school_of_attendance,
        ods.enrollment_status_code,
        ods.enrollment_start_date,
        ods.school_year_start,
        ods.enrollment_exit_date,
        ods.enrollment_exit_date_unreadable,
        ods.student_exit_reason_code,
        ods.student_school_completion_status_code

    from recon.enrollment_match
    inner join recon.ods_to_compare as ods on enrollment_match.ods_line = ods.ods_line

    where enrollment_match.match_result = 'ODS-ALONE'

)

select
    alone_records.ods_line,
    alone_records.student_key,
    alone_records.ssid,
    alone_records.school_of_attendance,
    alone_records.enrollment_status_code,
    alone_records.enrollment_start_date,
    alone_records.enrollment_exit_date,
    alone_records.enrollment_exit_date_unreadable,
    alone_records.student_exit_reason_code,
    case
        when keep_list.ssid is not null then 'KEEP-LIST'
        when alone_records.enrollment_start_date > parameters.as_of then 'FUTURE-ODS-ONLY'
        when
            alone_records.school_year_start = parameters.open_prior_year_start
            or (
                parameters.change_years = 'current'
                and alone_records.enrollment_start_date < parameters.school_year_start
            ) then 'PRIOR-YEAR-ODS-ONLY'
    end as kept_reason,
    case
        when scope_edge.ods_line is not null then 'SCOPE-EDGE'
        when alone_records.student_school_completion_status_code not in ('480', '485')
            then 'ODS-COMPLETER'
    end as held_reason

from alone_records
cross join reference.run_parameters as parameters
left join reference.keep_list
    on
        alone_records.ssid = keep_list.ssid
        and alone_records.school_of_attendance = keep_list.school_of_attendance
        and alone_records.enrollment_start_date = keep_list.enrollment_start_date
left join recon.scope_edge on alone_records.ods_line = scope_edge.ods_line;
