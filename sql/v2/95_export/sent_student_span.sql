-- sent_student_span: the enrollments of students with a record to send, before the first file has
-- posted and after the last one.
--
-- grain:    one row per record and state
-- key:      state, student_key, ods_line, sis_line
-- reads:    planned_record, calpads_state
-- stored:   no

create or replace view recon.sent_student_span as

with

students as (

    select distinct
        student_key,
        ssid

    from recon.planned_record

    where ssid is not null

)

select
    enrollment.state,
    students.student_key,
    enrollment.ods_line,
    enrollment.sis_line,
    students.ssid,
    enrollment.reporting_lea,
    enrollment.school_of_attendance,
    enrollment.enrollment_start_date as first_day,
    coalesce(enrollment.enrollment_exit_date, date '9999-12-31') as last_day

from students
inner join recon.calpads_state as enrollment on students.student_key = enrollment.student_key;
