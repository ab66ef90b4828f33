-- calpads_state: enrollments as CALPADS has them before the first file and after the last one.
--
-- `current` is CALPADS before the first file, and `expected` is CALPADS after the last one. Both
-- are for students with a record to send.
--
-- grain:    one row per record and state
-- key:      state, ods_line, sis_line
-- reads:    proposed_record, ods_to_compare
-- stored:   yes

create or replace view recon.calpads_state as

with

-- find the lines first, so that values are read from those lines only
lines_of_students_to_send as (

    select ods.ods_line

    from (select distinct student_key from recon.proposed_record) as student_to_send
    inner join recon.ods_to_compare as ods on student_to_send.student_key = ods.student_key

    where ods.is_in_calpads

),

current_records as (

    select
        'current' as state,
        proposed.action_id,
        proposed.class,
        ods.student_key,
        ods.ods_line,
        proposed.sis_line,
        ods.reporting_lea,
        ods.school_of_attendance,
        ods.enrollment_status_code,
        ods.student_exit_reason_code,
        ods.student_school_completion_status_code,
        ods.enrollment_start_date,
        ods.enrollment_exit_date,
        ods.scope_reason

    from lines_of_students_to_send
    inner join recon.ods_to_compare as ods on lines_of_students_to_send.ods_line = ods.ods_line
    left join recon.proposed_record as proposed on ods.ods_line = proposed.ods_line

),

sent_records as (

    select
        'expected' as state,
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
        cast(null as varchar) as scope_reason

    from recon.proposed_record

    where class <> 'remove'

),

staying_records as (

    select
        'expected' as state,
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

    from current_records

    where action_id is null

)

select * from current_records
union all
select * from sent_records
union all
select * from staying_records;
