-- evidence_line: ODS lines of this and the last school year, with what the checks of unconfirmed
-- rules look at.
--
-- What CALPADS's own extract shows, CALPADS has accepted. These are the codes as they are in the
-- line, whether there is an exit date, and whether the birth date is after the start.
--
-- grain:    one row per ODS line of this and the last school year, if evidence is in use
-- key:      ods_line
-- reads:    ods_raw, run_parameters
-- stored:   no

create or replace view recon.evidence_line as

with

-- for speed: dates are compared as texts YYYYMMDD
dated_lines as (

    select
        source_line,
        ssid,
        upload_date,
        last_date_updated,
        reporting_lea,
        school_of_attendance,
        academic_year_id,
        enrollment_status_code,
        grade_level_code,
        student_gender_code,
        student_exit_reason_code,
        student_school_completion_status_code,
        student_met_all_uc_csu_requirements_indicator,
        student_school_transfer_code,
        student_golden_state_seal_merit_diploma_indicator,
        student_seal_of_biliteracy_indicator,
        adult_age_students_with_disabilities_in_transition_status,
        graduation_exemption_indicator,
        replace(enrollment_start_date, '-', '') as start_date,
        replace(enrollment_exit_date, '-', '') as exit_date,
        replace(student_birth_date, '-', '') as birth_date

    from staging.ods_raw

),

bounds as (

    select
        strftime(make_date(year(school_year_start) - 1, 7, 1), '%Y%m%d') as first_start,
        strftime(school_year_end, '%Y%m%d') as last_start

    from reference.run_parameters

    where use_evidence

)

select
    lines.source_line as ods_line,
    lines.ssid,
    lines.upload_date,
    lines.last_date_updated,
    lines.reporting_lea,
    lines.school_of_attendance,
    lines.start_date,
    lines.exit_date,
    lines.academic_year_id,
    lines.enrollment_status_code,
    lines.grade_level_code,
    lines.student_gender_code,
    lines.student_exit_reason_code,
    lines.student_school_completion_status_code,
    lines.student_met_all_uc_csu_requirements_indicator,
    lines.student_school_transfer_code,
    lines.student_golden_state_seal_merit_diploma_indicator,
    lines.student_seal_of_biliteracy_indicator,
    lines.adult_age_students_with_disabilities_in_transition_status,
    lines.graduation_exemption_indicator,
    lines.exit_date is not null as has_exit_date,
    coalesce(lines.birth_date >= lines.start_date, false) as is_born_after_start

from dated_lines as lines
cross join bounds

where lines.start_date between bounds.first_start and bounds.last_start;
