-- ods_record: CALPADS's records as the comparison sees them. A line that only repeats another one
-- is no record.
--
-- reason:   ODS-TWIN
-- grain:    one row per line of the ODS extract, and per record posted since
-- key:      ods_line
-- reads:    ods_scoped, ods_repeated_key
-- stored:   no

create or replace view recon.ods_record as

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
    case
        when ods.scope_reason is not null then ods.scope_reason
        when repeated.is_twin then 'ODS-TWIN'
    end as scope_reason,
    not ods.is_superseded and not coalesce(repeated.is_twin, false) as is_in_calpads,
    coalesce(repeated.has_different_contents, false) as is_key_twice

from recon.ods_scoped as ods
left join recon.ods_repeated_key as repeated on ods.ods_line = repeated.ods_line;
