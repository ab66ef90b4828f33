-- guard_blank_field: a compared field that CALPADS fills and the whole SIS extract leaves blank.
--
-- grain:    one row per reason to stop
-- key:      guard, subject
-- reads:    ods_record, sis_scoped, sis_column_given, layout, run_parameters
-- stored:   no

create or replace view recon.guard_blank_field as

with

ods_counts as (

    select
        count(*) as records,
        count(school_of_attendance_nps) as school_of_attendance_nps,
        count(enrollment_status_code) as enrollment_status_code,
        count(grade_level_code) as grade_level_code,
        count(enrollment_exit_date) as enrollment_exit_date,
        count(student_exit_reason_code) as student_exit_reason_code,
        count(student_school_completion_status_code) as student_school_completion_status_code,
        count(expected_receiver_school_of_attendance) as expected_receiver_school_of_attendance,
        count(student_met_all_uc_csu_requirements_indicator)
            as student_met_all_uc_csu_requirements_indicator,
        count(student_school_transfer_code) as student_school_transfer_code,
        count(district_of_geographic_residence_code) as district_of_geographic_residence_code,
        count(student_golden_state_seal_merit_diploma_indicator)
            as student_golden_state_seal_merit_diploma_indicator,
        count(student_seal_of_biliteracy_indicator) as student_seal_of_biliteracy_indicator,
        count(adult_age_students_with_disabilities_in_transition_status)
            as adult_age_students_with_disabilities_in_transition_status,
        count(graduation_exemption_indicator) as graduation_exemption_indicator

    from recon.ods_record

    where scope_reason is null

),

sis_counts as (

    select
        count(school_of_attendance_nps) as school_of_attendance_nps,
        count(enrollment_status_code) as enrollment_status_code,
        count(grade_level_code) as grade_level_code,
        count(enrollment_exit_date) as enrollment_exit_date,
        count(student_exit_reason_code) as student_exit_reason_code,
        count(student_school_completion_status_code) as student_school_completion_status_code,
        count(expected_receiver_school_of_attendance) as expected_receiver_school_of_attendance,
        count(student_met_all_uc_csu_requirements_indicator)
            as student_met_all_uc_csu_requirements_indicator,
        count(student_school_transfer_code) as student_school_transfer_code,
        count(district_of_geographic_residence_code) as district_of_geographic_residence_code,
        count(student_golden_state_seal_merit_diploma_indicator)
            as student_golden_state_seal_merit_diploma_indicator,
        count(student_seal_of_biliteracy_indicator) as student_seal_of_biliteracy_indicator,
        count(adult_age_students_with_disabilities_in_transition_status)
            as adult_age_students_with_disabilities_in_transition_status,
        count(graduation_exemption_indicator) as graduation_exemption_indicator

    from recon.sis_scoped

),

filled_fields as (

    select
        layout.column_name,
        ods_counts.records,
        case layout.column_name
            when 'school_of_attendance_nps'
                then ods_counts.school_of_attendance_nps
            when 'enrollment_status_code'
                then ods_counts.enrollment_status_code
            when 'grade_level_code'
                then ods_counts.grade_level_code
            when 'enrollment_exit_date'
                then ods_counts.enrollment_exit_date
            when 'student_exit_reason_code'
                then ods_counts.student_exit_reason_code
            when 'student_school_completion_status_code'
                then ods_counts.student_school_completion_status_code
            when 'expected_receiver_school_of_attendance'
                then ods_counts.expected_receiver_school_of_attendance
            when 'student_met_all_uc_csu_requirements_indicator'
                then ods_counts.student_met_all_uc_csu_requirements_indicator
            when 'student_school_transfer_code'
                then ods_counts.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then ods_counts.district_of_geographic_residence_code
            when 'student_golden_state_seal_merit_diploma_indicator'
                then ods_counts.student_golden_state_seal_merit_diploma_indicator
            when 'student_seal_of_biliteracy_indicator'
                then ods_counts.student_seal_of_biliteracy_indicator
            when 'adult_age_students_with_disabilities_in_transition_status'
                then ods_counts.adult_age_students_with_disabilities_in_transition_status
            when 'graduation_exemption_indicator'
                then ods_counts.graduation_exemption_indicator
        end as ods_filled,
        case layout.column_name
            when 'school_of_attendance_nps'
                then sis_counts.school_of_attendance_nps
            when 'enrollment_status_code'
                then sis_counts.enrollment_status_code
            when 'grade_level_code'
                then sis_counts.grade_level_code
            when 'enrollment_exit_date'
                then sis_counts.enrollment_exit_date
            when 'student_exit_reason_code'
                then sis_counts.student_exit_reason_code
            when 'student_school_completion_status_code'
                then sis_counts.student_school_completion_status_code
            when 'expected_receiver_school_of_attendance'
                then sis_counts.expected_receiver_school_of_attendance
            when 'student_met_all_uc_csu_requirements_indicator'
                then sis_counts.student_met_all_uc_csu_requirements_indicator
            when 'student_school_transfer_code'
                then sis_counts.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then sis_counts.district_of_geographic_residence_code
            when 'student_golden_state_seal_merit_diploma_indicator'
                then sis_counts.student_golden_state_seal_merit_diploma_indicator
            when 'student_seal_of_biliteracy_indicator'
                then sis_counts.student_seal_of_biliteracy_indicator
            when 'adult_age_students_with_disabilities_in_transition_status'
                then sis_counts.adult_age_students_with_disabilities_in_transition_status
            when 'graduation_exemption_indicator'
                then sis_counts.graduation_exemption_indicator
        end as sis_filled,
        case layout.column_name
            when 'school_of_attendance_nps'
                then given.school_of_attendance_nps
            when 'enrollment_status_code'
                then given.enrollment_status_code
            when 'grade_level_code'
                then given.grade_level_code
            when 'enrollment_exit_date'
                then given.enrollment_exit_date
            when 'student_exit_reason_code'
                then given.student_exit_reason_code
            when 'student_school_completion_status_code'
                then given.student_school_completion_status_code
            when 'expected_receiver_school_of_attendance'
                then given.expected_receiver_school_of_attendance
            when 'student_met_all_uc_csu_requirements_indicator'
                then given.student_met_all_uc_csu_requirements_indicator
            when 'student_school_transfer_code'
                then given.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then given.district_of_geographic_residence_code
            when 'student_golden_state_seal_merit_diploma_indicator'
                then given.student_golden_state_seal_merit_diploma_indicator
            when 'student_seal_of_biliteracy_indicator'
                then given.student_seal_of_biliteracy_indicator
            when 'adult_age_students_with_disabilities_in_transition_status'
                then given.adult_age_students_with_disabilities_in_transition_status
            when 'graduation_exemption_indicator'
                then given.graduation_exemption_indicator
        end as is_given

    from ods_counts
    cross join sis_counts
    cross join staging.sis_column_given as given
    inner join reference.layout as layout on layout.role = 'enrollment'

)

select
    'blank_field' as guard,
    filled_fields.column_name as subject,
    filled_fields.ods_filled as found,
    filled_fields.records as out_of,
    cast(null as varchar) as detail

from filled_fields
cross join reference.run_parameters as parameters

where
    filled_fields.is_given = 'Y'
    and filled_fields.sis_filled = 0
    and filled_fields.ods_filled > 20
    and filled_fields.ods_filled > filled_fields.records * parameters.max_update_share;
