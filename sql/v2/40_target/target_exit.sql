-- target_exit: how each SIS enrollment ends, as CALPADS should show it.
--
-- A record without an outcome is closed in the SIS, and its exit is used unchanged.
--
-- grain:    one row per SIS record in scope
-- key:      sis_line
-- reads:    target_exit_code, target_exit_outcome
-- stored:   yes

create or replace view recon.target_exit as

select
    exit_code.sis_line,
    coalesce(outcome.exit_outcome, 'AS-GIVEN') as exit_outcome,
    exit_code.has_completion_contradiction,
    case outcome.exit_source
        when 'ODS' then outcome.ods_enrollment_exit_date
        when 'CLOSE-OUT' then outcome.last_day
        when 'NONE' then null
        else exit_code.enrollment_exit_date
    end as enrollment_exit_date,
    case
        when coalesce(outcome.exit_source, 'SIS') = 'SIS'
            then exit_code.enrollment_exit_date_unreadable
    end as enrollment_exit_date_unreadable,
    case outcome.exit_source
        when 'ODS' then outcome.ods_student_exit_reason_code
        when 'CLOSE-OUT' then outcome.year_end_code
        when 'NONE' then null
        else exit_code.student_exit_reason_code
    end as student_exit_reason_code,
    case outcome.completion_source
        when 'ODS' then outcome.ods_student_school_completion_status_code
        when 'NONE' then null
        else exit_code.student_school_completion_status_code
    end as student_school_completion_status_code,
    case outcome.completion_source
        when 'ODS' then outcome.ods_expected_receiver_school_of_attendance
        when 'NONE' then null
        else exit_code.expected_receiver_school_of_attendance
    end as expected_receiver_school_of_attendance,
    case outcome.completion_source
        when 'ODS' then outcome.ods_student_met_all_uc_csu_requirements_indicator
        when 'NONE' then null
        else exit_code.student_met_all_uc_csu_requirements_indicator
    end as student_met_all_uc_csu_requirements_indicator,
    case outcome.completion_source
        when 'ODS' then outcome.ods_student_golden_state_seal_merit_diploma_indicator
        when 'NONE' then null
        else exit_code.student_golden_state_seal_merit_diploma_indicator
    end as student_golden_state_seal_merit_diploma_indicator,
    case outcome.completion_source
        when 'ODS' then outcome.ods_student_seal_of_biliteracy_indicator
        when 'NONE' then null
        else exit_code.student_seal_of_biliteracy_indicator
    end as student_seal_of_biliteracy_indicator,
    case outcome.completion_source
        when 'ODS' then outcome.ods_graduation_exemption_indicator
        when 'NONE' then null
        else exit_code.graduation_exemption_indicator
    end as graduation_exemption_indicator

from recon.target_exit_code as exit_code
left join recon.target_exit_outcome as outcome on exit_code.sis_line = outcome.sis_line;
