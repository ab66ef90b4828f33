-- target_exit_code: the exit in the SIS, with the exit reason that CALPADS expects for it.
--
-- The exit reason is E170 for secondary and non-ADA exits, E450 for prekindergarten, and E230 with
-- a completion status.
--
-- grain:    one row per SIS record in scope
-- key:      sis_line
-- reads:    sis_to_compare, run_parameters
-- stored:   no

create or replace view recon.target_exit_code as

with

exit_reasons as (

    select
        sis.sis_line,
        sis.student_school_completion_status_code,
        sis.expected_receiver_school_of_attendance,
        sis.student_met_all_uc_csu_requirements_indicator,
        sis.student_golden_state_seal_merit_diploma_indicator,
        sis.student_seal_of_biliteracy_indicator,
        sis.graduation_exemption_indicator,
        sis.enrollment_exit_date,
        sis.enrollment_exit_date_unreadable,
        case
            when
                sis.has_exit_date
                and sis.enrollment_status_code = '20' then 'E170'
            when
                sis.has_exit_date
                and sis.enrollment_status_code = '50'
                and coalesce(sis.student_exit_reason_code, '') not in ('E150', 'N470') then 'E170'
            when
                sis.has_exit_date
                and sis.enrollment_status_code in ('10', '30')
                and sis.grade_level_code in ('IN', 'TD', 'PS')
                and parameters.prekindergarten_exit = 'E450'
                and coalesce(sis.student_exit_reason_code, '') not in ('E150', 'N470') then 'E450'
            when
                sis.student_school_completion_status_code is not null
                and sis.student_exit_reason_code is null then 'E230'
            else sis.student_exit_reason_code
        end as student_exit_reason_code

    from recon.sis_to_compare as sis
    cross join reference.run_parameters as parameters

    where sis.scope_reason is null

)

select
    sis_line,
    student_exit_reason_code,
    student_school_completion_status_code,
    expected_receiver_school_of_attendance,
    student_met_all_uc_csu_requirements_indicator,
    student_golden_state_seal_merit_diploma_indicator,
    student_seal_of_biliteracy_indicator,
    graduation_exemption_indicator,
    enrollment_exit_date,
    enrollment_exit_date_unreadable,
    coalesce(
        student_school_completion_status_code is not null
        and student_exit_reason_code <> 'E230',
        false
    ) as has_completion_contradiction

from exit_reasons;
