-- student_enrollment: every enrollment of both sides, and what happens to it.
--
-- The name and the local ID are the SIS's, or CALPADS's if only CALPADS has the enrollment. The
-- SIS's exit is the one that CALPADS should show; an enrollment out of scope has none. The class
-- and the reason are those of ods_class and sis_class; the file is where a record is sent. A
-- no-show or a removal has both sides as they are before it.
--
-- grain:    one row per pair, and per record that only one side has
-- key:      ods_line, sis_line
-- reads:    ods_class, sis_class, ods_record, sis_record, sis_exit, record_name, run_parameters,
--           school_name, planned_record, upload_file
-- stored:   no

create or replace view recon.student_enrollment as

with

enrollments as (

    select
        ods_line,
        sis_line,
        class,
        reason
    from recon.sis_class

    union all

    select
        ods_line,
        sis_line,
        class,
        reason
    from recon.ods_class
    where sis_line is null

)

select
    coalesce(
        nullif(sis.student_lea, ''), nullif(ods.student_lea, ''), parameters.lea
    ) as reporting_lea,
    coalesce(sis.ssid, ods.ssid) as ssid,
    coalesce(sis.local_student_id, ods.local_student_id) as local_student_id,
    record_name.name as student_name,
    coalesce(sis.school_of_attendance, ods.school_of_attendance) as school_of_attendance,
    school_name.name as school_name,
    coalesce(sis.enrollment_start_date, ods.enrollment_start_date) as enrollment_start_date,
    enrollments.class,
    enrollments.reason,
    upload_file.name as file,
    ods.enrollment_status_code as calpads_status,
    ods.grade_level_code as calpads_grade,
    ods.enrollment_exit_date as calpads_exit_date,
    ods.student_exit_reason_code as calpads_exit_reason,
    ods.student_school_completion_status_code as calpads_completion,
    sis.enrollment_status_code as sis_status,
    sis.grade_level_code as sis_grade,
    sis_exit.enrollment_exit_date as sis_exit_date,
    sis_exit.student_exit_reason_code as sis_exit_reason,
    sis_exit.student_school_completion_status_code as sis_completion,
    coalesce(sis.student_key, ods.student_key) as student_key,
    ods.ods_line is not null as is_in_calpads,
    sis.sis_line is not null as is_in_sis,
    enrollments.ods_line,
    enrollments.sis_line

from enrollments
cross join reference.run_parameters as parameters
left join recon.ods_record as ods on enrollments.ods_line = ods.ods_line
left join recon.sis_record as sis on enrollments.sis_line = sis.sis_line
left join recon.sis_exit on enrollments.sis_line = sis_exit.sis_line
left join recon.record_name
    on
        coalesce(enrollments.sis_line, enrollments.ods_line) = record_name.source_line
        and case when enrollments.sis_line is null then 'ods' else 'sis' end = record_name.side
left join recon.school_name
    on
        coalesce(sis.reporting_lea, ods.reporting_lea) = school_name.reporting_lea
        and coalesce(sis.school_of_attendance, ods.school_of_attendance)
        = school_name.school_of_attendance
left join recon.planned_record as planned
    on
        enrollments.ods_line is not distinct from planned.ods_line
        and enrollments.sis_line is not distinct from planned.sis_line
left join reference.upload_file as upload_file
    on
        planned.reporting_lea = upload_file.lea
        and planned.category = upload_file.category
        and planned.file_number = upload_file.file_number;
