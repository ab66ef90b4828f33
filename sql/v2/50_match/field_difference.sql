-- field_difference: the compared fields in which a matched pair differs, with both values.
--
-- grain:    one row per pair and differing field
-- key:      ods_line, sis_line, column_name
-- reads:    enrollment_match, ods_record, target_enrollment, layout
-- stored:   yes

create or replace view recon.field_difference as

with

both_values as (

    select
        enrollment_match.ods_line,
        enrollment_match.sis_line,
        target.student_key,
        target.student_lea,
        layout.position,
        layout.column_name,
        case layout.column_name
            when 'school_of_attendance_nps' then ods.school_of_attendance_nps
            when 'enrollment_status_code' then ods.enrollment_status_code
            when 'grade_level_code' then ods.grade_level_code
            when 'enrollment_exit_date'
                then
                    coalesce(
                        strftime(ods.enrollment_exit_date, '%Y%m%d'),
                        ods.enrollment_exit_date_unreadable
                    )
            when 'student_exit_reason_code' then ods.student_exit_reason_code
            when 'student_school_completion_status_code'
                then ods.student_school_completion_status_code
            when 'expected_receiver_school_of_attendance'
                then ods.expected_receiver_school_of_attendance
            when 'student_met_all_uc_csu_requirements_indicator'
                then ods.student_met_all_uc_csu_requirements_indicator
            when 'student_school_transfer_code' then ods.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then ods.district_of_geographic_residence_code
            when 'student_golden_state_seal_merit_diploma_indicator'
                then ods.student_golden_state_seal_merit_diploma_indicator
            when 'student_seal_of_biliteracy_indicator'
                then ods.student_seal_of_biliteracy_indicator
            when 'adult_age_students_with_disabilities_in_transition_status'
                then ods.adult_age_students_with_disabilities_in_transition_status
            when 'graduation_exemption_indicator' then ods.graduation_exemption_indicator
        end as ods_value,
        case layout.column_name
            when 'school_of_attendance_nps' then target.school_of_attendance_nps
            when 'enrollment_status_code' then target.enrollment_status_code
            when 'grade_level_code' then target.grade_level_code
            when 'enrollment_exit_date'
                then
                    coalesce(
                        strftime(target.enrollment_exit_date, '%Y%m%d'),
                        target.enrollment_exit_date_unreadable
                    )
            when 'student_exit_reason_code' then target.student_exit_reason_code
            when 'student_school_completion_status_code'
                then target.student_school_completion_status_code
            when 'expected_receiver_school_of_attendance'
                then target.expected_receiver_school_of_attendance
            when 'student_met_all_uc_csu_requirements_indicator'
                then target.student_met_all_uc_csu_requirements_indicator
            when 'student_school_transfer_code' then target.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then target.district_of_geographic_residence_code
            when 'student_golden_state_seal_merit_diploma_indicator'
                then target.student_golden_state_seal_merit_diploma_indicator
            when 'student_seal_of_biliteracy_indicator'
                then target.student_seal_of_biliteracy_indicator
            when 'adult_age_students_with_disabilities_in_transition_status'
                then target.adult_age_students_with_disabilities_in_transition_status
            when 'graduation_exemption_indicator' then target.graduation_exemption_indicator
        end as target_value

    from recon.enrollment_match
    inner join recon.ods_record as ods on enrollment_match.ods_line = ods.ods_line
    inner join recon.target_enrollment as target on enrollment_match.sis_line = target.sis_line
    inner join reference.layout as layout on layout.role = 'enrollment'

    where enrollment_match.match_result in ('EXIT-DIFFERS', 'OTHER-DIFFERENCE')

)

select
    ods_line,
    sis_line,
    student_key,
    student_lea,
    position,
    column_name,
    ods_value,
    target_value

from both_values

where ods_value is distinct from target_value;
