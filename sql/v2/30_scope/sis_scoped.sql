-- sis_scoped: the SIS's records with CALPADS's codes for LEA and school, and why some are out of
-- scope.
--
-- A line with transaction code D says that there is no such enrollment, so it is left out. A record
-- stays in scope if its LEA, school or start date cannot be read, so that it is reported.
-- A student in two LEAs of the run counts as two students, as in ods_to_compare.
--
-- reason:   SIS-DELETION, OTHER-LEA, DO-NOT-REPORT, OTHER-SCHOOL, BEFORE-WINDOW
-- grain:    one row per line of the SIS extract
-- key:      sis_line
-- reads:    sis_enrollment, sis_moved_exit, translation, run_parameters, run_lea,
--           do_not_report, requested_school
-- stored:   no

create or replace view recon.sis_scoped as

select
    sis.source_line as sis_line,
    sis.ssid,
    sis.local_student_id,
    concat_ws(
        ' ',
        run_lea.student_lea,
        coalesce(sis.ssid, 'local ' || sis.local_student_id, 'SIS line ' || sis.source_line)
    ) as student_key,
    coalesce(run_lea.student_lea, '') as student_lea,
    coalesce(lea.calpads_code, sis.reporting_lea) as reporting_lea,
    coalesce(school.calpads_code, sis.school_of_attendance) as school_of_attendance,
    sis.student_gender_code,
    -- each compared code: sis.<code>,
    sis.school_of_attendance_nps,
    sis.enrollment_status_code,
    sis.grade_level_code,
    sis.student_exit_reason_code,
    sis.student_school_completion_status_code,
    sis.expected_receiver_school_of_attendance,
    sis.student_met_all_uc_csu_requirements_indicator,
    sis.student_school_transfer_code,
    sis.district_of_geographic_residence_code,
    sis.student_golden_state_seal_merit_diploma_indicator,
    sis.student_seal_of_biliteracy_indicator,
    sis.adult_age_students_with_disabilities_in_transition_status,
    sis.graduation_exemption_indicator,
    -- end (make lock writes these lines)
    sis.next_grade_level_code,
    sis.next_school_of_attendance,
    sis.student_with_disability,
    sis.enrollment_start_date,
    case when sis.enrollment_start_date is null then sis.enrollment_start_date_text end
        as enrollment_start_date_unreadable,
    sis.school_year_start,
    coalesce(moved.enrollment_exit_date, sis.enrollment_exit_date) as enrollment_exit_date,
    case when sis.enrollment_exit_date is null then sis.enrollment_exit_date_text end
        as enrollment_exit_date_unreadable,
    case
        when sis.transaction_type_code = 'D' then 'SIS-DELETION'
        when
            run_lea.reporting_lea is null
            and regexp_full_match(coalesce(lea.calpads_code, sis.reporting_lea), '[0-9]{7}')
            then 'OTHER-LEA'
        when do_not_report.school_of_attendance is not null then 'DO-NOT-REPORT'
        when
            parameters.has_requested_schools
            and requested_school.school_of_attendance is null
            and regexp_full_match(
                coalesce(school.calpads_code, sis.school_of_attendance), '[0-9]{7}'
            ) then 'OTHER-SCHOOL'
        when sis.enrollment_start_date < parameters.window_start then 'BEFORE-WINDOW'
    end as scope_reason

from staging.sis_enrollment as sis
cross join reference.run_parameters as parameters
left join recon.sis_moved_exit as moved on sis.source_line = moved.sis_line
left join reference.translation as lea
    on lea.column_name = 'reporting_lea' and sis.reporting_lea = lea.local_code
left join reference.translation as school
    on school.column_name = 'school_of_attendance' and sis.school_of_attendance = school.local_code
left join reference.run_lea as run_lea
    on coalesce(lea.calpads_code, sis.reporting_lea) = run_lea.reporting_lea
left join reference.do_not_report
    on
        coalesce(school.calpads_code, sis.school_of_attendance)
        = do_not_report.school_of_attendance
left join reference.requested_school
    on
        coalesce(school.calpads_code, sis.school_of_attendance)
        = requested_school.school_of_attendance;
