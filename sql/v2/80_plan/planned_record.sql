-- planned_record: every record that goes into a file, with its category and its file's number.
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
    proposed.transaction_type_code,
    proposed.reporting_lea,
    proposed.school_of_attendance,
    proposed.school_of_attendance_nps,
    proposed.academic_year_id,
    proposed.ssid,
    proposed.local_student_id,
    proposed.student_legal_first_name,
    proposed.student_legal_middle_name,
    proposed.student_legal_last_name,
    proposed.student_legal_name_suffix,
    proposed.student_alias_first_name,
    proposed.student_alias_middle_name,
    proposed.student_alias_last_name,
    proposed.student_birth_date,
    proposed.student_birth_date_text,
    proposed.student_gender_code,
    proposed.student_birth_city,
    proposed.student_birth_state_province_code,
    proposed.student_birth_country_code,
    proposed.enrollment_start_date,
    proposed.enrollment_start_date_text,
    proposed.enrollment_status_code,
    proposed.grade_level_code,
    proposed.enrollment_exit_date,
    proposed.enrollment_exit_date_text,
    proposed.student_exit_reason_code,
    proposed.student_school_completion_status_code,
    proposed.expected_receiver_school_of_attendance,
    proposed.student_met_all_uc_csu_requirements_indicator,
    proposed.student_school_transfer_code,
    proposed.district_of_geographic_residence_code,
    proposed.student_golden_state_seal_merit_diploma_indicator,
    proposed.student_seal_of_biliteracy_indicator,
    proposed.adult_age_students_with_disabilities_in_transition_status,
    proposed.graduation_exemption_indicator

from recon.file_position
inner join recon.proposed_record as proposed on file_position.action_id = proposed.action_id
left join recon.record_reason
    on
        proposed.ods_line is not distinct from record_reason.ods_line
        and proposed.sis_line is not distinct from record_reason.sis_line;
