-- filled_count: how many records of each extract fill each compared field.
--
-- Of the ODS extract the records in scope count, of the SIS extract all lines. An exit with a
-- year-end code does not count as filled in the ODS: many systems never store those. One that
-- cannot be read counts in the SIS: it is not blank.
--
-- grain:    one row per extract, LEA of a run of several and compared field
-- key:      side, student_lea, column_name
-- reads:    ods_record, sis_record, layout
-- stored:   no

create or replace view recon.filled_count as

with

ods_in_scope as (

    select
        student_lea,
        school_of_attendance_nps,
        enrollment_status_code,
        grade_level_code,
        enrollment_exit_date,
        student_exit_reason_code,
        student_school_completion_status_code,
        expected_receiver_school_of_attendance,
        student_met_all_uc_csu_requirements_indicator,
        student_school_transfer_code,
        district_of_geographic_residence_code,
        student_golden_state_seal_merit_diploma_indicator,
        student_seal_of_biliteracy_indicator,
        adult_age_students_with_disabilities_in_transition_status,
        graduation_exemption_indicator,
        coalesce(student_exit_reason_code in ('E155', 'E156', 'E170', 'E230', 'E450'), false)
            as is_year_end_exit

    from recon.ods_record

    where scope_reason is null

),

counts as (

    select
        'ods' as side,
        student_lea,
        count(*) as records,
        count(school_of_attendance_nps) as school_of_attendance_nps,
        count(enrollment_status_code) as enrollment_status_code,
        count(grade_level_code) as grade_level_code,
        count(case when not is_year_end_exit then enrollment_exit_date end)
            as enrollment_exit_date,
        count(case when not is_year_end_exit then student_exit_reason_code end)
            as student_exit_reason_code,
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

    from ods_in_scope

    group by student_lea

    union all

    select
        'sis' as side,
        student_lea,
        count(*) as records,
        count(school_of_attendance_nps) as school_of_attendance_nps,
        count(enrollment_status_code) as enrollment_status_code,
        count(grade_level_code) as grade_level_code,
        count(case when has_exit_date then 1 end) as enrollment_exit_date,
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

    group by student_lea

)

select
    counts.side,
    counts.student_lea,
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
