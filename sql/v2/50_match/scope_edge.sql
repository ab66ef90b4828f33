-- scope_edge: ODS-alone records that overlap a SIS record that this run leaves out or does not
-- send.
--
-- The SIS may have the enrollment after all, so such a record is never removed. In a run of several
-- LEAs, a SIS record at the same school under another LEA code counts, because the LEA code may be
-- mistyped, and so does a SIS record of an LEA that the run was not asked for.
--
-- grain:    one row per such ODS record, with the first SIS record that it overlaps
-- key:      ods_line
-- reads:    enrollment_match, ods_to_compare, sis_to_compare, run_parameters
-- stored:   yes

create or replace view recon.scope_edge as

with

alone_records as (

    select
        ods.ods_line,
        ods.student_key,
        ods.student_lea,
        ods.ssid,
        ods.school_of_attendance,
        ods.enrollment_start_date,
        coalesce(ods.enrollment_exit_date, date '9999-12-31') as span_end

    from recon.enrollment_match
    inner join recon.ods_to_compare as ods on enrollment_match.ods_line = ods.ods_line

    where enrollment_match.match_result = 'ODS-ALONE'

),

sis_spans as (

    select
        sis.sis_line,
        sis.student_key,
        sis.student_lea,
        sis.ssid,
        sis.school_of_attendance,
        sis.enrollment_start_date,
        -- an unreadable start may be any day
        coalesce(sis.enrollment_start_date, date '0001-01-01') as span_start,
        coalesce(sis.enrollment_exit_date, date '9999-12-31') as span_end,
        coalesce(sis.scope_reason, sis.not_sent_reason) as left_out_reason

    from recon.sis_to_compare as sis
    cross join reference.run_parameters as parameters

    where
        sis.scope_reason is distinct from 'SIS-DELETION'
        and (
            sis.scope_reason is not null
            or sis.not_sent_reason is not null
            or parameters.has_several_leas
        )

),

edges as (

    select
        alone.ods_line,
        sis.sis_line,
        coalesce(sis.left_out_reason, 'LEA-CODE') as cause

    from alone_records as alone
    inner join sis_spans as sis on alone.ssid = sis.ssid

    where
        (
            (
                sis.left_out_reason is not null
                and (sis.student_key = alone.student_key or sis.student_lea = '')
            )
            or (
                sis.student_lea <> alone.student_lea
                and sis.school_of_attendance = alone.school_of_attendance
            )
        )
        -- one-day records overlap if they start on the same day
        and (
            alone.enrollment_start_date = sis.enrollment_start_date
            or (
                alone.enrollment_start_date < sis.span_end
                and sis.span_start < alone.span_end
            )
        )

),

ranked_edges as (

    select
        ods_line,
        sis_line,
        cause,
        row_number() over (partition by ods_line order by sis_line) as place

    from edges

)

select
    ods_line,
    sis_line,
    cause

from ranked_edges

where place = 1;
