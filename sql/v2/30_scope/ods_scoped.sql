-- ods_scoped: CALPADS's records in the words of the comparison, and why some are out of scope.
--
-- In a run of several LEAs, each LEA is compared separately: a student in two LEAs counts as two
-- students, each with a `student_lea` (blank in a run of one LEA). A record whose LEA cannot be
-- read belongs to no LEA. `compared_values` has the compared fields as one text: the exit date
-- first, then the codes, with carets between them. No field of the ODS extract can contain a caret.
-- `lines_before_file` tells the extract's files apart, which may have the same name.
--
-- reason:   OTHER-LEA, DO-NOT-REPORT, OTHER-SCHOOL, BEFORE-WINDOW, POSTED-SINCE
-- grain:    one row per line of the ODS extract, and per record posted since
-- key:      ods_line
-- reads:    ods_enrollment, ods_superseded, run_parameters, run_lea, do_not_report,
--           requested_school
-- stored:   no

create or replace view recon.ods_scoped as

select
    ods.source_line as ods_line,
    ods.source_line - ods.line_number as lines_before_file,
    ods.ssid,
    ods.local_student_id,
    concat_ws(
        ' ',
        run_lea.student_lea,
        coalesce(ods.ssid, 'local ' || ods.local_student_id, 'ODS line ' || ods.source_line)
    ) as student_key,
    coalesce(run_lea.student_lea, '') as student_lea,
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
    case when ods.enrollment_start_date is null then ods.enrollment_start_date_text end
        as enrollment_start_date_unreadable,
    ods.school_year_start,
    ods.enrollment_exit_date,
    case when ods.enrollment_exit_date is null then ods.enrollment_exit_date_text end
        as enrollment_exit_date_unreadable,
    concat_ws(
        '^',
        coalesce(
            strftime(ods.enrollment_exit_date, '%Y%m%d'), ods.enrollment_exit_date_text, ''
        ),
        -- each compared code: coalesce(ods.<code>, ''),
        coalesce(ods.school_of_attendance_nps, ''),
        coalesce(ods.enrollment_status_code, ''),
        coalesce(ods.grade_level_code, ''),
        coalesce(ods.student_exit_reason_code, ''),
        coalesce(ods.student_school_completion_status_code, ''),
        coalesce(ods.expected_receiver_school_of_attendance, ''),
        coalesce(ods.student_met_all_uc_csu_requirements_indicator, ''),
        coalesce(ods.student_school_transfer_code, ''),
        coalesce(ods.district_of_geographic_residence_code, ''),
        coalesce(ods.student_golden_state_seal_merit_diploma_indicator, ''),
        coalesce(ods.student_seal_of_biliteracy_indicator, ''),
        coalesce(ods.adult_age_students_with_disabilities_in_transition_status, ''),
        coalesce(ods.graduation_exemption_indicator, '')
        -- end (make lock writes these lines)
    ) as compared_values,
    greatest(ods.upload_date, ods.last_date_updated) as last_change_date,
    case
        when superseded.ods_line is not null then 'POSTED-SINCE'
        when
            run_lea.reporting_lea is null
            and regexp_full_match(ods.reporting_lea, '[0-9]{7}') then 'OTHER-LEA'
        when do_not_report.school_of_attendance is not null then 'DO-NOT-REPORT'
        when
            parameters.has_requested_schools
            and requested_school.school_of_attendance is null
            and regexp_full_match(ods.school_of_attendance, '[0-9]{7}') then 'OTHER-SCHOOL'
        when ods.enrollment_start_date < parameters.window_start then 'BEFORE-WINDOW'
    end as scope_reason,
    superseded.ods_line is not null as is_superseded

from staging.ods_enrollment as ods
cross join reference.run_parameters as parameters
left join reference.run_lea as run_lea on ods.reporting_lea = run_lea.reporting_lea
left join recon.ods_superseded as superseded on ods.source_line = superseded.ods_line
left join reference.do_not_report
    on ods.school_of_attendance = do_not_report.school_of_attendance
left join reference.requested_school
    on ods.school_of_attendance = requested_school.school_of_attendance;
