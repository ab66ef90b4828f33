-- upload_record: the records of all files, with each field as it is written.
--
-- The fields are text, in the order of the upload record. Inside a file, the lines are in the order
-- of school, SSID and start date.
--
-- grain:    one row per record to be uploaded
-- key:      local_record_id
-- reads:    planned_record, proposed_record
-- stored:   no

create or replace view recon.upload_record as

select
    planned.category,
    planned.file_number,
    'SENR' as record_type_code,
    proposed.transaction_type_code,
    planned.action_id as local_record_id,
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
    proposed.student_birth_date_text as student_birth_date,
    proposed.student_gender_code,
    proposed.student_birth_city,
    proposed.student_birth_state_province_code,
    proposed.student_birth_country_code,
    proposed.enrollment_start_date_text as enrollment_start_date,
    proposed.enrollment_status_code,
    proposed.grade_level_code,
    proposed.enrollment_exit_date_text as enrollment_exit_date,
    proposed.student_exit_reason_code,
    proposed.student_school_completion_status_code,
    proposed.expected_receiver_school_of_attendance,
    proposed.student_met_all_uc_csu_requirements_indicator,
    proposed.student_school_transfer_code,
    proposed.district_of_geographic_residence_code,
    proposed.student_golden_state_seal_merit_diploma_indicator,
    proposed.student_seal_of_biliteracy_indicator,
    proposed.adult_age_students_with_disabilities_in_transition_status,
    proposed.graduation_exemption_indicator,
    planned.class,
    planned.reason,
    planned.is_unconfirmed,
    planned.ods_line,
    planned.sis_line

from recon.planned_record as planned
inner join recon.proposed_record as proposed on planned.action_id = proposed.action_id;
