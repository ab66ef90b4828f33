-- target_prior_year: how open records of earlier school years end.
--
-- Many student information systems never store year-end codes, so such a record takes the exit that
-- CALPADS shows for its key. If it is open in CALPADS too, the close-out ends it. In any other case
-- the student is on hold.
--
-- rule:     PRIOR-YEAR-OPEN
-- grain:    one row per open SIS record in scope that started before this school year
-- key:      sis_line
-- reads:    ods_enrollment, target_exit_ahead, target_year_end_code, code, run_parameters
-- stored:   no

create or replace view recon.target_prior_year as

with

open_records as (

    select
        year_end.sis_line,
        year_end.ods_line,
        year_end.school_year_start,
        ods.enrollment_exit_date as ods_enrollment_exit_date,
        ods.student_exit_reason_code as ods_student_exit_reason_code,
        ods.student_school_completion_status_code as ods_student_school_completion_status_code,
        ods.expected_receiver_school_of_attendance as ods_expected_receiver_school_of_attendance,
        ods.student_met_all_uc_csu_requirements_indicator
            as ods_student_met_all_uc_csu_requirements_indicator,
        ods.student_golden_state_seal_merit_diploma_indicator
            as ods_student_golden_state_seal_merit_diploma_indicator,
        ods.student_seal_of_biliteracy_indicator as ods_student_seal_of_biliteracy_indicator,
        ods.graduation_exemption_indicator as ods_graduation_exemption_indicator,
        ods.enrollment_exit_date_text as ods_exit_date_text,
        coalesce(exit_reason.is_year_end, false) as has_year_end_code,
        exit_ahead.sis_line is not null as is_set_aside

    from recon.target_year_end_code as year_end
    cross join reference.run_parameters as parameters
    left join staging.ods_enrollment as ods on year_end.ods_line = ods.source_line
    left join recon.target_exit_ahead as exit_ahead on year_end.sis_line = exit_ahead.sis_line
    left join reference.code as exit_reason
        on exit_reason.code_set = 'exit_reason' and year_end.year_end_code = exit_reason.code

    where year_end.enrollment_start_date < parameters.school_year_start

)

select
    sis_line,
    case
        when
            not is_set_aside
            and ods_enrollment_exit_date >= school_year_start
            and ods_enrollment_exit_date < school_year_start + interval 1 year then 'ODS-EXIT'
        when
            not is_set_aside
            and ods_line is not null
            and ods_exit_date_text is null
            and has_year_end_code then 'CLOSE-OUT'
        else 'PRIOR-YEAR-OPEN'
    end as outcome,
    ods_enrollment_exit_date,
    ods_student_exit_reason_code,
    ods_student_school_completion_status_code,
    ods_expected_receiver_school_of_attendance,
    ods_student_met_all_uc_csu_requirements_indicator,
    ods_student_golden_state_seal_merit_diploma_indicator,
    ods_student_seal_of_biliteracy_indicator,
    ods_graduation_exemption_indicator

from open_records;
