-- orphaned_item: what the files leave outside the enrollments, with the student and what to do.
--
-- The LEA, the name and the local ID are those of the enrollment in CALPADS that the program or the
-- status belongs to now: one at the same school, or else the student's last one.
--
-- grain:    one row per line of the SPRG or SELA extract that is left outside
-- key:      file_type, file_name, line_number
-- reads:    orphaned_program, sent_student_span, own_record
-- stored:   no

create or replace view recon.orphaned_item as

with

enrollments as (

    select
        orphaned.file_type,
        orphaned.file_name,
        orphaned.line_number,
        own.student_lea,
        own.name,
        own.local_student_id,
        row_number() over (
            partition by orphaned.file_type, orphaned.file_name, orphaned.line_number
            order by
                case
                    when span.school_of_attendance = orphaned.school_of_attendance then 1
                    else 2
                end,
                span.first_day desc,
                span.ods_line desc
        ) as place

    from recon.orphaned_program as orphaned
    inner join recon.sent_student_span as span
        on
            orphaned.student_key = span.student_key
            and span.state = 'current'
    inner join recon.own_record as own
        on
            span.ods_line = own.source_line
            and own.side = 'CALPADS'

)

select
    orphaned.file_type,
    orphaned.file_name,
    orphaned.line_number,
    orphaned.student_key,
    coalesce(enrollments.student_lea, '') as reporting_lea,
    orphaned.ssid,
    enrollments.local_student_id,
    enrollments.name as student_name,
    orphaned.school_of_attendance,
    orphaned.code,
    orphaned.membership,
    orphaned.start_date,
    orphaned.end_date,
    case orphaned.file_type
        when 'SPRG'
            then
                'once the files have posted, program ' || orphaned.code
                || ' no longer fits an enrollment of the student at the school'
        else
            'once the files have posted, the status ' || orphaned.code
            || ' no longer starts inside an enrollment of the student'
    end as meaning,
    case orphaned.file_type
        when 'SPRG'
            then
                'when the files have posted, correct the dates or the school of the program in'
                || ' the SIS and in CALPADS'
        else
            'when the files have posted, check the start date of the status; CALPADS takes'
            || ' another one online only'
    end as what_to_do

from recon.orphaned_program as orphaned
left join enrollments
    on
        orphaned.file_type = enrollments.file_type
        and orphaned.file_name = enrollments.file_name
        and orphaned.line_number = enrollments.line_number
        and enrollments.place = 1;
