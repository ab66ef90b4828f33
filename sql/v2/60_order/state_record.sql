-- state_record: enrollments as CALPADS has them now, as it will have them, and as the SIS has them.
--
-- `current` and `expected` are CALPADS's, for students with a record to send; `target` is the SIS's
-- own records, for every student.
--
-- grain:    one row per record and state
-- key:      state, ods_line, sis_line
-- reads:    calpads_state, target_enrollment
-- stored:   no

create or replace view recon.state_record as

select
    state,
    action_id,
    class,
    student_key,
    ods_line,
    sis_line,
    reporting_lea,
    school_of_attendance,
    enrollment_status_code,
    student_exit_reason_code,
    student_school_completion_status_code,
    enrollment_start_date,
    enrollment_exit_date,
    scope_reason

from recon.calpads_state

union all

select
    'target' as state,
    cast(null as varchar) as action_id,
    cast(null as varchar) as class,
    student_key,
    ods_line,
    sis_line,
    reporting_lea,
    school_of_attendance,
    enrollment_status_code,
    student_exit_reason_code,
    student_school_completion_status_code,
    enrollment_start_date,
    enrollment_exit_date,
    cast(null as varchar) as scope_reason

from recon.target_enrollment;
