-- target_exit_outcome: how each record that is open in the SIS ends, and where its exit comes from.
--
-- The exit comes from SIS, ODS (what CALPADS shows), CLOSE-OUT (the last school day with a year-end
-- code) or NONE (the record stays open). Fields 1.27 to 1.29, 1.32, 1.33 and 1.35 come from the
-- same place as the exit that they belong to.
--
-- grain:    one row per open SIS record in scope, including those whose exit is set aside
-- key:      sis_line
-- reads:    target_year_end_code, target_exit_ahead, target_prior_year, target_year_end
-- stored:   no

create or replace view recon.target_exit_outcome as

with

outcomes as (

    select
        open_record.sis_line,
        open_record.last_day,
        open_record.year_end_code,
        prior_year.ods_enrollment_exit_date,
        prior_year.ods_student_exit_reason_code,
        prior_year.ods_student_school_completion_status_code,
        prior_year.ods_expected_receiver_school_of_attendance,
        prior_year.ods_student_met_all_uc_csu_requirements_indicator,
        prior_year.ods_student_golden_state_seal_merit_diploma_indicator,
        prior_year.ods_student_seal_of_biliteracy_indicator,
        prior_year.ods_graduation_exemption_indicator,
        exit_ahead.sis_line is not null as is_set_aside,
        coalesce(
            prior_year.outcome,
            year_end.outcome,
            case when exit_ahead.sis_line is null then 'AS-GIVEN' else 'SET-ASIDE' end
        ) as exit_outcome

    from recon.target_year_end_code as open_record
    left join recon.target_exit_ahead as exit_ahead on open_record.sis_line = exit_ahead.sis_line
    left join recon.target_prior_year as prior_year on open_record.sis_line = prior_year.sis_line
    left join recon.target_year_end as year_end on open_record.sis_line = year_end.sis_line

)

select
    sis_line,
    last_day,
    year_end_code,
    exit_outcome,
    ods_enrollment_exit_date,
    ods_student_exit_reason_code,
    ods_student_school_completion_status_code,
    ods_expected_receiver_school_of_attendance,
    ods_student_met_all_uc_csu_requirements_indicator,
    ods_student_golden_state_seal_merit_diploma_indicator,
    ods_student_seal_of_biliteracy_indicator,
    ods_graduation_exemption_indicator,
    case
        when exit_outcome = 'ODS-EXIT' then 'ODS'
        when exit_outcome = 'CLOSE-OUT' then 'CLOSE-OUT'
        when exit_outcome = 'OWN-EXIT' or not is_set_aside then 'SIS'
        else 'NONE'
    end as exit_source,
    case
        when exit_outcome = 'ODS-EXIT' then 'ODS'
        when exit_outcome = 'CLOSE-OUT' and year_end_code = 'E230' then 'SIS'
        when exit_outcome = 'OWN-EXIT' or not is_set_aside then 'SIS'
        else 'NONE'
    end as completion_source

from outcomes;
