-- planned_record: every record that goes into a file, with its category and its file number.
--
-- Here are the enrollment and the reason; upload_record has all fields as they are written.
--
-- grain:    one row per record to be uploaded
-- key:      action_id
-- reads:    file_position, proposed_record, record_reason
-- stored:   no

create or replace view recon.planned_record as

select
    file_position.action_id,
    file_position.category,
    file_position.file_number,
    file_position.is_unconfirmed,
    file_position.predecessors,
    proposed.class,
    record_reason.reason,
    record_reason.explanation,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    proposed.reporting_lea,
    proposed.school_of_attendance,
    proposed.school_of_attendance_nps,
    proposed.ssid,
    proposed.local_student_id,
    proposed.enrollment_start_date,
    proposed.enrollment_start_date_text,
    proposed.enrollment_status_code,
    proposed.grade_level_code,
    proposed.enrollment_exit_date,
    proposed.enrollment_exit_date_text,
    proposed.student_exit_reason_code,
    proposed.student_school_completion_status_code

from recon.file_position
inner join recon.proposed_record as proposed on file_position.action_id = proposed.action_id
left join recon.record_reason
    on
        proposed.ods_line is not distinct from record_reason.ods_line
        and proposed.sis_line is not distinct from record_reason.sis_line;
