-- enrollment_state: the records of each state, with what the rules about several enrollments need
-- to know.
--
-- An open enrollment never ends. A no-show (N470 with its exit on the start date or the day before
-- it) is not primary. A short-term enrollment counts as primary if it is open or lasts more than 30
-- days, the first and the last day counted.
--
-- grain:    one row per record and state
-- key:      state, ods_line, sis_line
-- reads:    state_record, code
-- stored:   yes

create or replace view recon.enrollment_state as

with

marked_records as (

    select
        case when record.state = 'target' then 'SIS' else 'CALPADS' end as side,
        record.state,
        record.action_id,
        record.class,
        record.student_key,
        record.ods_line,
        record.sis_line,
        coalesce('ODS line ' || record.ods_line, 'SIS line ' || record.sis_line) as record_id,
        record.reporting_lea,
        record.school_of_attendance,
        record.enrollment_status_code,
        record.student_exit_reason_code,
        record.student_school_completion_status_code,
        record.enrollment_start_date,
        record.enrollment_exit_date,
        record.scope_reason,
        coalesce(record.enrollment_exit_date, date '9999-12-31') as span_end,
        coalesce(
            record.enrollment_start_date - record.enrollment_exit_date
            between 0 and exit_reason.no_show_days,
            false
        ) as is_no_show

    from recon.state_record as record
    left join reference.code as exit_reason
        on
            exit_reason.code_set = 'exit_reason'
            and record.student_exit_reason_code = exit_reason.code

)

select
    side,
    state,
    action_id,
    class,
    student_key,
    ods_line,
    sis_line,
    record_id,
    reporting_lea,
    school_of_attendance,
    enrollment_status_code,
    student_exit_reason_code,
    student_school_completion_status_code,
    enrollment_start_date,
    enrollment_exit_date,
    scope_reason,
    span_end,
    is_no_show,
    not is_no_show
    and coalesce(
        enrollment_status_code = '10'
        or (
            enrollment_status_code = '30'
            and (
                enrollment_exit_date is null
                or enrollment_exit_date - enrollment_start_date >= 30
            )
        ),
        false
    ) as is_primary,
    coalesce(student_school_completion_status_code = '100', false) as is_graduation,
    not coalesce(enrollment_status_code = '20' or student_exit_reason_code = 'N470', false)
        as is_bound_by_graduation

from marked_records;
