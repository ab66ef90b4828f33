-- exit_difference: differences of exit date, exit reason and completion status in enrollments that
-- both extracts close.
--
-- Exits that the run sets itself are left out. So are summer leavers: a year-end code (E155, E156,
-- E170, or E230 with 480) that became another reason after the summer, on whatever date. The shift is
-- the number of days that the SIS is later.
--
-- grain:    one row per pair and field
-- key:      ods_line, column_name
-- reads:    enrollment_match, field_difference, ods_record, code
-- stored:   yes

create or replace view recon.exit_difference as

with

differences as (

    select
        difference.ods_line,
        difference.student_lea,
        difference.column_name,
        difference.ods_value,
        difference.target_value,
        try_strptime(difference.target_value, '%Y%m%d')::date - ods.enrollment_exit_date
            as shift_days,
        difference.column_name = 'student_exit_reason_code'
        and (
            coalesce(exit_reason.is_only_year_end, false)
            or (
                difference.ods_value = 'E230'
                and coalesce(ods.student_school_completion_status_code = '480', false)
            )
        ) as is_summer_leaver

    from recon.enrollment_match
    inner join recon.field_difference as difference
        on
            enrollment_match.ods_line = difference.ods_line
            and enrollment_match.sis_line = difference.sis_line
    inner join recon.ods_record as ods on difference.ods_line = ods.ods_line
    left join reference.code as exit_reason
        on
            exit_reason.code_set = 'exit_reason'
            and difference.ods_value = exit_reason.code

    where
        enrollment_match.is_closed_on_both
        and difference.column_name in (
            'enrollment_exit_date',
            'student_exit_reason_code',
            'student_school_completion_status_code'
        )

),

summer_leavers as (

    select ods_line

    from differences

    where is_summer_leaver

)

select
    differences.ods_line,
    differences.student_lea,
    differences.column_name,
    case
        when differences.column_name = 'enrollment_exit_date' then differences.shift_days
    end as shift_days,
    coalesce(differences.ods_value, 'blank') || ' in CALPADS, '
    || coalesce(differences.target_value, 'blank') || ' in the SIS' as value_pair,
    summer_leavers.ods_line is not null as is_summer_leaver

from differences
left join summer_leavers on differences.ods_line = summer_leavers.ods_line;
