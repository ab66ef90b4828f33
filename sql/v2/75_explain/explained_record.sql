-- explained_record: all enrollments of the students who have a record on one side only, or a
-- finding.
--
-- A SIS record in scope has the exit that CALPADS should show.
--
-- grain:    one row per record of either side
-- key:      side, source_line
-- reads:    classified_record, finding, ods_to_compare, sis_to_compare, target_exit
-- stored:   no

create or replace view recon.explained_record as

with

students as (

    select student_key from recon.classified_record
    where class not in ('exit', 'update')
    union
    select student_key from recon.finding

),

-- find the lines first, so that values are read from those lines only
ods_lines as (

    select ods.ods_line
    from students
    inner join recon.ods_to_compare as ods on students.student_key = ods.student_key

)

select
    'CALPADS' as side,
    ods.ods_line as source_line,
    ods.student_key,
    ods.ssid,
    ods.school_of_attendance,
    ods.enrollment_status_code,
    ods.enrollment_start_date,
    ods.enrollment_start_date_unreadable,
    ods.school_year_start,
    ods.enrollment_exit_date,
    ods.enrollment_exit_date_unreadable,
    ods.student_exit_reason_code,
    ods.student_school_completion_status_code,
    ods.scope_reason,
    classified.class,
    classified.outcome

from ods_lines
inner join recon.ods_to_compare as ods on ods_lines.ods_line = ods.ods_line
left join recon.classified_record as classified on ods.ods_line = classified.ods_line

union all

select
    'SIS' as side,
    sis.sis_line as source_line,
    sis.student_key,
    sis.ssid,
    sis.school_of_attendance,
    sis.enrollment_status_code,
    sis.enrollment_start_date,
    sis.enrollment_start_date_unreadable,
    sis.school_year_start,
    case
        when sis.scope_reason is null then target_exit.enrollment_exit_date
        else sis.enrollment_exit_date
    end as enrollment_exit_date,
    case
        when sis.scope_reason is null then target_exit.enrollment_exit_date_unreadable
        else sis.enrollment_exit_date_unreadable
    end as enrollment_exit_date_unreadable,
    case
        when sis.scope_reason is null then target_exit.student_exit_reason_code
        else sis.student_exit_reason_code
    end as student_exit_reason_code,
    target_exit.student_school_completion_status_code,
    sis.scope_reason,
    classified.class,
    classified.outcome

from students
inner join recon.sis_to_compare as sis on students.student_key = sis.student_key
left join recon.target_exit on sis.sis_line = target_exit.sis_line
left join recon.classified_record as classified on sis.sis_line = classified.sis_line;
