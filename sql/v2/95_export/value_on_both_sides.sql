-- value_on_both_sides: what each side itself has in the fields that a finding or a difference is
-- about.
--
-- The SIS's values are those that its own pages show: local codes are not translated, and an exit
-- that the run sets is not there. A date is YYYYMMDD, or as it was found if it cannot be read.
--
-- grain:    one row per row of field_in_question
-- key:      ods_line, sis_line, field
-- reads:    field_in_question, ods_enrollment, sis_enrollment
-- stored:   no

create or replace view recon.value_on_both_sides as

select
    question.ods_line,
    question.sis_line,
    question.field,
    question.is_difference,
    case question.field
        when 'reporting_lea' then ods.reporting_lea
        when 'school_of_attendance' then ods.school_of_attendance
        when 'ssid' then ods.ssid
        when 'local_student_id' then ods.local_student_id
        when 'student_legal_first_name' then ods.student_legal_first_name
        when 'student_legal_middle_name' then ods.student_legal_middle_name
        when 'student_legal_last_name' then ods.student_legal_last_name
        when 'student_legal_name_suffix' then ods.student_legal_name_suffix
        when 'student_alias_first_name' then ods.student_alias_first_name
        when 'student_alias_middle_name' then ods.student_alias_middle_name
        when 'student_alias_last_name' then ods.student_alias_last_name
        when 'student_gender_code' then ods.student_gender_code
        when 'student_birth_city' then ods.student_birth_city
        when 'student_birth_state_province_code' then ods.student_birth_state_province_code
        when 'student_birth_country_code' then ods.student_birth_country_code
        when 'school_of_attendance_nps' then ods.school_of_attendance_nps
        when 'enrollment_status_code' then ods.enrollment_status_code
        when 'grade_level_code' then ods.grade_level_code
        when 'student_exit_reason_code' then ods.student_exit_reason_code
        when 'student_school_completion_status_code' then ods.student_school_completion_status_code
        when 'expected_receiver_school_of_attendance'
            then ods.expected_receiver_school_of_attendance
        when 'student_met_all_uc_csu_requirements_indicator'
            then ods.student_met_all_uc_csu_requirements_indicator
        when 'student_school_transfer_code' then ods.student_school_transfer_code
        when 'district_of_geographic_residence_code' then ods.district_of_geographic_residence_code
        when 'student_golden_state_seal_merit_diploma_indicator'
            then ods.student_golden_state_seal_merit_diploma_indicator
        when 'student_seal_of_biliteracy_indicator' then ods.student_seal_of_biliteracy_indicator
        when 'adult_age_students_with_disabilities_in_transition_status'
            then ods.adult_age_students_with_disabilities_in_transition_status
        when 'graduation_exemption_indicator' then ods.graduation_exemption_indicator
        when 'student_birth_date'
            then coalesce(strftime(ods.student_birth_date, '%Y%m%d'), ods.student_birth_date_text)
        when 'enrollment_start_date'
            then coalesce(
                strftime(ods.enrollment_start_date, '%Y%m%d'), ods.enrollment_start_date_text
            )
        when 'enrollment_exit_date'
            then coalesce(
                strftime(ods.enrollment_exit_date, '%Y%m%d'), ods.enrollment_exit_date_text
            )
    end as ods_value,
    case question.field
        when 'reporting_lea' then sis.reporting_lea
        when 'school_of_attendance' then sis.school_of_attendance
        when 'ssid' then sis.ssid
        when 'local_student_id' then sis.local_student_id
        when 'student_legal_first_name' then sis.student_legal_first_name
        when 'student_legal_middle_name' then sis.student_legal_middle_name
        when 'student_legal_last_name' then sis.student_legal_last_name
        when 'student_legal_name_suffix' then sis.student_legal_name_suffix
        when 'student_alias_first_name' then sis.student_alias_first_name
        when 'student_alias_middle_name' then sis.student_alias_middle_name
        when 'student_alias_last_name' then sis.student_alias_last_name
        when 'student_gender_code' then sis.student_gender_code
        when 'student_birth_city' then sis.student_birth_city
        when 'student_birth_state_province_code' then sis.student_birth_state_province_code
        when 'student_birth_country_code' then sis.student_birth_country_code
        when 'school_of_attendance_nps' then sis.school_of_attendance_nps
        when 'enrollment_status_code' then sis.enrollment_status_code
        when 'grade_level_code' then sis.grade_level_code
        when 'student_exit_reason_code' then sis.student_exit_reason_code
        when 'student_school_completion_status_code' then sis.student_school_completion_status_code
        when 'expected_receiver_school_of_attendance'
            then sis.expected_receiver_school_of_attendance
        when 'student_met_all_uc_csu_requirements_indicator'
            then sis.student_met_all_uc_csu_requirements_indicator
        when 'student_school_transfer_code' then sis.student_school_transfer_code
        when 'district_of_geographic_residence_code' then sis.district_of_geographic_residence_code
        when 'student_golden_state_seal_merit_diploma_indicator'
            then sis.student_golden_state_seal_merit_diploma_indicator
        when 'student_seal_of_biliteracy_indicator' then sis.student_seal_of_biliteracy_indicator
        when 'adult_age_students_with_disabilities_in_transition_status'
            then sis.adult_age_students_with_disabilities_in_transition_status
        when 'graduation_exemption_indicator' then sis.graduation_exemption_indicator
        when 'student_birth_date'
            then coalesce(strftime(sis.student_birth_date, '%Y%m%d'), sis.student_birth_date_text)
        when 'enrollment_start_date'
            then coalesce(
                strftime(sis.enrollment_start_date, '%Y%m%d'), sis.enrollment_start_date_text
            )
        when 'enrollment_exit_date'
            then coalesce(
                strftime(sis.enrollment_exit_date, '%Y%m%d'), sis.enrollment_exit_date_text
            )
    end as sis_value

from recon.field_in_question as question
left join staging.ods_enrollment as ods on question.ods_line = ods.source_line
left join staging.sis_enrollment as sis on question.sis_line = sis.source_line;
