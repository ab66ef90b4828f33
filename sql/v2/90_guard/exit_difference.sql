-- exit_difference: differences of exit date, exit reason and completion status in enrollments that
-- both extracts close.
--
-- Exits that the run sets itself are left out. A summer leaver has a year-end code in CALPADS
-- (E155, E156, E170, or E230 with 480) that became another reason, on whatever date. The shift is
-- the number of days that the SIS is later.
--
-- grain:    one row per pair and field
-- key:      ods_line, column_name
-- reads:    field_difference, code
-- stored:   yes

create or replace view recon.exit_difference as

with

differences as (

    select
        ods_line,
        student_lea,
        column_name,
        ods_value,
        target_value,
        exit_shift_days

    from recon.field_difference

    where
        is_closed_on_both
        and column_name in (
            'enrollment_exit_date',
            'student_exit_reason_code',
            'student_school_completion_status_code'
        )

),

summer_leavers as (

    select reason.ods_line

    from differences as reason
    left join reference.code as exit_reason
        on
            exit_reason.code_set = 'exit_reason'
            and reason.ods_value = exit_reason.code
    left join differences as completion
        on
            reason.ods_line = completion.ods_line
            and completion.column_name = 'student_school_completion_status_code'

    where
        reason.column_name = 'student_exit_reason_code'
        and reason.target_value is not null
        and (
            exit_reason.is_only_year_end
            or (reason.ods_value = 'E230' and completion.ods_value = '480')
        )

)

select
    differences.ods_line,
    differences.student_lea,
    differences.column_name,
    case when differences.column_name = 'enrollment_exit_date' then differences.exit_shift_days end
        as shift_days,
    coalesce(differences.ods_value, 'blank') || ' in CALPADS, '
    || coalesce(differences.target_value, 'blank') || ' in the SIS' as value_pair,
    summer_leavers.ods_line is not null as is_summer_leaver

from differences
left join summer_leavers on differences.ods_line = summer_leavers.ods_line;
