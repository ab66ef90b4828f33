-- filled_count: how many records of each extract fill each compared field.
--
-- Of the ODS extract the records in scope count, of the SIS extract all lines.
--
-- grain:    one row per extract and compared field
-- key:      side, column_name
-- reads:    ods_record, sis_record, layout
-- stored:   no

create or replace view recon.filled_count as

with

counts as (

    select
        'ods' as side,
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

    union all

    select
        'sis' as side,
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

    from recon.sis_record

)

select
    counts.side,
    layout.column_name,
    counts.records,
    case layout.column_name
        when 'school_of_attendance_nps' then counts.school_of_attendance_nps
        when 'enrollment_status_code' then counts.enrollment_status_code
        when 'grade_level_code' then counts.grade_level_code
        when 'enrollment_exit_date' then counts.enrollment_exit_date
        when 'student_exit_reason_code' then counts.student_exit_reason_code
        when 'student_school_completion_status_code'
            then counts.student_school_completion_status_code
        when 'expected_receiver_school_of_attendance'
            then counts.expected_receiver_school_of_attendance
        when 'student_met_all_uc_csu_requirements_indicator'
            then counts.student_met_all_uc_csu_requirements_indicator
        when 'student_school_transfer_code' then counts.student_school_transfer_code
        when 'district_of_geographic_residence_code'
            then counts.district_of_geographic_residence_code
        when 'student_golden_state_seal_merit_diploma_indicator'
            then counts.student_golden_state_seal_merit_diploma_indicator
        when 'student_seal_of_biliteracy_indicator' then counts.student_seal_of_biliteracy_indicator
        when 'adult_age_students_with_disabilities_in_transition_status'
            then counts.adult_age_students_with_disabilities_in_transition_status
        when 'graduation_exemption_indicator' then counts.graduation_exemption_indicator
    end as filled

from counts
inner join reference.layout as layout on layout.role = 'enrollment';
