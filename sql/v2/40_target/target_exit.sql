-- target_exit: how each enrollment of the SIS side ends, as CALPADS should show it.
--
-- grain:    one row per SIS record in scope
-- key:      sis_line
-- reads:    target_exit_code, target_exit_ahead, target_prior_year, target_year_end
-- stored:   yes

create or replace view recon.target_exit as

with

outcomes as (

    select
        exit_code.sis_line,
        exit_code.student_exit_reason_code,
        exit_code.has_completion_contradiction,
        exit_code.student_school_completion_status_code,
        exit_code.expected_receiver_school_of_attendance,
        exit_code.student_met_all_uc_csu_requirements_indicator,
        exit_code.student_golden_state_seal_merit_diploma_indicator,
        exit_code.student_seal_of_biliteracy_indicator,
        exit_code.graduation_exemption_indicator,
        exit_code.enrollment_exit_date,
        exit_code.enrollment_exit_date_unreadable,
        exit_ahead.sis_line as set_aside_line,
        prior_year.ods_enrollment_exit_date,
        prior_year.ods_student_exit_reason_code,
        prior_year.ods_student_school_completion_status_code,
        prior_year.ods_expected_receiver_school_of_attendance,
        prior_year.ods_student_met_all_uc_csu_requirements_indicator,
        prior_year.ods_student_golden_state_seal_merit_diploma_indicator,
        prior_year.ods_student_seal_of_biliteracy_indicator,
        prior_year.ods_graduation_exemption_indicator,
        coalesce(
            prior_year.outcome,
            year_end.outcome,
            case when exit_ahead.sis_line is null then 'AS-GIVEN' else 'SET-ASIDE' end
        ) as exit_outcome,
        coalesce(prior_year.last_day, year_end.last_day) as last_day,
        coalesce(prior_year.year_end_code, year_end.year_end_code) as year_end_code

    from recon.target_exit_code as exit_code
    left join recon.target_exit_ahead as exit_ahead on exit_code.sis_line = exit_ahead.sis_line
    left join recon.target_prior_year as prior_year on exit_code.sis_line = prior_year.sis_line
    left join recon.target_year_end as year_end on exit_code.sis_line = year_end.sis_line

),

exits as (

    select
        sis_line,
        student_exit_reason_code,
        has_completion_contradiction,
        student_school_completion_status_code,
        expected_receiver_school_of_attendance,
        student_met_all_uc_csu_requirements_indicator,
        student_golden_state_seal_merit_diploma_indicator,
        student_seal_of_biliteracy_indicator,
        graduation_exemption_indicator,
        enrollment_exit_date,
        enrollment_exit_date_unreadable,
        exit_outcome,
        last_day,
        year_end_code,
        ods_enrollment_exit_date,
        ods_student_exit_reason_code,
        ods_student_school_completion_status_code,
        ods_expected_receiver_school_of_attendance,
        ods_student_met_all_uc_csu_requirements_indicator,
        ods_student_golden_state_seal_merit_diploma_indicator,
        ods_student_seal_of_biliteracy_indicator,
        ods_graduation_exemption_indicator,
        case
            when exit_outcome in ('ODS-EXIT', 'CLOSE-OUT') then exit_outcome
            when exit_outcome = 'OWN-EXIT' or set_aside_line is null then 'SIS'
        end as exit_source,
        -- 1.27 to 1.29, 1.32, 1.33 and 1.35 go with the exit that they belong to
        case
            when exit_outcome = 'ODS-EXIT' then 'ODS'
            when exit_outcome = 'CLOSE-OUT' and year_end_code = 'E230' then 'SIS'
            when exit_outcome = 'OWN-EXIT' or set_aside_line is null then 'SIS'
        end as completion_source

    from outcomes

)

select
    sis_line,
    exit_outcome,
    has_completion_contradiction,
    case exit_source
        when 'ODS-EXIT' then ods_enrollment_exit_date
        when 'CLOSE-OUT' then last_day
        when 'SIS' then enrollment_exit_date
    end as enrollment_exit_date,
    case when exit_source = 'SIS' then enrollment_exit_date_unreadable end
        as enrollment_exit_date_unreadable,
    case exit_source
        when 'ODS-EXIT' then ods_student_exit_reason_code
        when 'CLOSE-OUT' then year_end_code
        when 'SIS' then student_exit_reason_code
    end as student_exit_reason_code,
    case completion_source
        when 'ODS' then ods_student_school_completion_status_code
        when 'SIS' then student_school_completion_status_code
    end as student_school_completion_status_code,
    case completion_source
        when 'ODS' then ods_expected_receiver_school_of_attendance
        when 'SIS' then expected_receiver_school_of_attendance
    end as expected_receiver_school_of_attendance,
    case completion_source
        when 'ODS' then ods_student_met_all_uc_csu_requirements_indicator
        when 'SIS' then student_met_all_uc_csu_requirements_indicator
    end as student_met_all_uc_csu_requirements_indicator,
    case completion_source
        when 'ODS' then ods_student_golden_state_seal_merit_diploma_indicator
        when 'SIS' then student_golden_state_seal_merit_diploma_indicator
    end as student_golden_state_seal_merit_diploma_indicator,
    case completion_source
        when 'ODS' then ods_student_seal_of_biliteracy_indicator
        when 'SIS' then student_seal_of_biliteracy_indicator
    end as student_seal_of_biliteracy_indicator,
    case completion_source
        when 'ODS' then ods_graduation_exemption_indicator
        when 'SIS' then graduation_exemption_indicator
    end as graduation_exemption_indicator

from exits;
