-- ods_to_compare: CALPADS's records as the comparison sees them, without the students on whom both
-- sides plainly agree.
--
-- grain:    one row per record of ods_record, without those of agreeing students
-- key:      ods_line
-- reads:    ods_record, ods_line_to_compare
-- stored:   yes

create or replace view recon.ods_to_compare as

select
    ods.ods_line,
    ods.lines_before_file,
    ods.ssid,
    ods.local_student_id,
    ods.student_key,
    ods.student_lea,
    ods.reporting_lea,
    ods.school_of_attendance,
    ods.student_gender_code,
    -- each compared code: ods.<code>,
    ods.school_of_attendance_nps,
    ods.enrollment_status_code,
    ods.grade_level_code,
    ods.student_exit_reason_code,
    ods.student_school_completion_status_code,
    ods.expected_receiver_school_of_attendance,
    ods.student_met_all_uc_csu_requirements_indicator,
    ods.student_school_transfer_code,
    ods.district_of_geographic_residence_code,
    ods.student_golden_state_seal_merit_diploma_indicator,
    ods.student_seal_of_biliteracy_indicator,
    ods.adult_age_students_with_disabilities_in_transition_status,
    ods.graduation_exemption_indicator,
    -- end (make lock writes these lines)
    ods.student_birth_date,
    ods.enrollment_start_date,
    ods.enrollment_start_date_unreadable,
    ods.school_year_start,
    ods.enrollment_exit_date,
    ods.enrollment_exit_date_unreadable,
    ods.compared_values,
    ods.last_change_date,
    ods.scope_reason,
    ods.is_in_calpads,
    ods.is_key_twice

from recon.ods_record as ods
inner join recon.ods_line_to_compare as compared on ods.ods_line = compared.ods_line;
