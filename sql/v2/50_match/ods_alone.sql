-- ods_alone: ODS records that the SIS does not have: they stay, are held, or may be removed.
--
-- grain:    one row per ODS record in scope that has no SIS record with its key
-- key:      ods_line
-- reads:    enrollment_match, ods_record, sis_record, keep_list, run_parameters
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
        ods.enrollment_exit_date,
        ods.enrollment_exit_date_unreadable,
        ods.student_exit_reason_code,
        ods.student_school_completion_status_code

    from recon.enrollment_match
    inner join recon.ods_record as ods on enrollment_match.ods_line = ods.ods_line

    where enrollment_match.match_result = 'ODS-ALONE'

),

unsent_sis_records as (

    select
        student_key,
        ssid,
        enrollment_start_date,
        enrollment_exit_date

    from recon.sis_record

    where
        scope_reason is not null
        or not_sent_reason is not null

),

records_at_the_scope_edge as (

    select distinct alone_records.ods_line

    from alone_records
    inner join unsent_sis_records as sis
        on
            alone_records.student_key = sis.student_key
            and alone_records.ssid = sis.ssid

    -- an unreadable start may be any day; one-day records overlap if they start on the same day
    where
        alone_records.enrollment_start_date = sis.enrollment_start_date
        or (
            alone_records.enrollment_start_date
            < coalesce(sis.enrollment_exit_date, date '9999-12-31')
            and coalesce(sis.enrollment_start_date, date '0001-01-01')
            < coalesce(alone_records.enrollment_exit_date, date '9999-12-31')
        )

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
            parameters.change_years = 'current'
            and alone_records.enrollment_start_date < parameters.school_year_start
            then 'PRIOR-YEAR-ODS-ONLY'
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
left join records_at_the_scope_edge as scope_edge
    on alone_records.ods_line = scope_edge.ods_line;
