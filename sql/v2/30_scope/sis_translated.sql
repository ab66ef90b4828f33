-- sis_translated: the SIS's records with all local codes translated into CALPADS's codes.
--
-- grain:    one row per line of the SIS extract
-- key:      sis_line
-- reads:    sis_scoped, translation
-- stored:   no

create or replace view recon.sis_translated as

select
    sis.sis_line,
    sis.ssid,
    sis.local_student_id,
    sis.student_key,
    sis.student_lea,
    sis.reporting_lea,
    sis.school_of_attendance,
    coalesce(nps.calpads_code, sis.school_of_attendance_nps) as school_of_attendance_nps,
    coalesce(gender.calpads_code, sis.student_gender_code) as student_gender_code,
    coalesce(status.calpads_code, sis.enrollment_status_code) as enrollment_status_code,
    coalesce(grade.calpads_code, sis.grade_level_code) as grade_level_code,
    coalesce(exit_reason.calpads_code, sis.student_exit_reason_code) as student_exit_reason_code,
    coalesce(completion.calpads_code, sis.student_school_completion_status_code)
        as student_school_completion_status_code,
    coalesce(receiver.calpads_code, sis.expected_receiver_school_of_attendance)
        as expected_receiver_school_of_attendance,
    coalesce(uc_csu.calpads_code, sis.student_met_all_uc_csu_requirements_indicator)
        as student_met_all_uc_csu_requirements_indicator,
    coalesce(transfer.calpads_code, sis.student_school_transfer_code)
        as student_school_transfer_code,
    coalesce(residence.calpads_code, sis.district_of_geographic_residence_code)
        as district_of_geographic_residence_code,
    coalesce(seal_merit.calpads_code, sis.student_golden_state_seal_merit_diploma_indicator)
        as student_golden_state_seal_merit_diploma_indicator,
    coalesce(biliteracy.calpads_code, sis.student_seal_of_biliteracy_indicator)
        as student_seal_of_biliteracy_indicator,
    coalesce(transition.calpads_code, sis.adult_age_students_with_disabilities_in_transition_status)
        as adult_age_students_with_disabilities_in_transition_status,
    coalesce(exemption.calpads_code, sis.graduation_exemption_indicator)
        as graduation_exemption_indicator,
    coalesce(next_grade.calpads_code, sis.next_grade_level_code) as next_grade_level_code,
    coalesce(next_school.calpads_code, sis.next_school_of_attendance)
        as next_school_of_attendance,
    sis.student_with_disability,
    sis.enrollment_start_date,
    sis.enrollment_start_date_unreadable,
    sis.school_year_start,
    sis.enrollment_exit_date,
    sis.enrollment_exit_date_unreadable,
    sis.scope_reason

from recon.sis_scoped as sis
left join reference.translation as nps
    on
        nps.column_name = 'school_of_attendance_nps'
        and sis.school_of_attendance_nps = nps.local_code
left join reference.translation as gender
    on gender.column_name = 'student_gender_code' and sis.student_gender_code = gender.local_code
left join reference.translation as status
    on
        status.column_name = 'enrollment_status_code'
        and sis.enrollment_status_code = status.local_code
left join reference.translation as grade
    on grade.column_name = 'grade_level_code' and sis.grade_level_code = grade.local_code
left join reference.translation as exit_reason
    on
        exit_reason.column_name = 'student_exit_reason_code'
        and sis.student_exit_reason_code = exit_reason.local_code
left join reference.translation as completion
    on
        completion.column_name = 'student_school_completion_status_code'
        and sis.student_school_completion_status_code = completion.local_code
left join reference.translation as receiver
    on
        receiver.column_name = 'expected_receiver_school_of_attendance'
        and sis.expected_receiver_school_of_attendance = receiver.local_code
left join reference.translation as uc_csu
    on
        uc_csu.column_name = 'student_met_all_uc_csu_requirements_indicator'
        and sis.student_met_all_uc_csu_requirements_indicator = uc_csu.local_code
left join reference.translation as transfer
    on
        transfer.column_name = 'student_school_transfer_code'
        and sis.student_school_transfer_code = transfer.local_code
left join reference.translation as residence
    on
        residence.column_name = 'district_of_geographic_residence_code'
        and sis.district_of_geographic_residence_code = residence.local_code
left join reference.translation as seal_merit
    on
        seal_merit.column_name = 'student_golden_state_seal_merit_diploma_indicator'
        and sis.student_golden_state_seal_merit_diploma_indicator = seal_merit.local_code
left join reference.translation as biliteracy
    on
        biliteracy.column_name = 'student_seal_of_biliteracy_indicator'
        and sis.student_seal_of_biliteracy_indicator = biliteracy.local_code
left join reference.translation as transition
    on
        transition.column_name = 'adult_age_students_with_disabilities_in_transition_status'
        and sis.adult_age_students_with_disabilities_in_transition_status = transition.local_code
left join reference.translation as exemption
    on
        exemption.column_name = 'graduation_exemption_indicator'
        and sis.graduation_exemption_indicator = exemption.local_code
left join reference.translation as next_grade
    on
        next_grade.column_name = 'grade_level_code'
        and sis.next_grade_level_code = next_grade.local_code
left join reference.translation as next_school
    on
        next_school.column_name = 'school_of_attendance'
        and sis.next_school_of_attendance = next_school.local_code;
