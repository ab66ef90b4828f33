-- conflicts: what CALPADS would not accept in the SIS's own records, whether or not they are sent.
--
-- These are enrollments of one student that overlap or contradict each other, and an exit with E150
-- without a next-day enrollment at the same school (then the other record is blank). An enrollment
-- that has not started yet does not overlap another, because what is open today may be closed by
-- then.
--
-- grain:    one row per rule and pair of records, in the order of their lines
-- key:      rule, sis_line, other_sis_line
-- reads:    enrollment_state, conflicting_pair, target_enrollment
-- stored:   no

create or replace view recon.conflicts as

with

target_records as (

    select
        state.record_id,
        state.student_key,
        state.sis_line,
        state.school_of_attendance,
        state.student_exit_reason_code,
        state.enrollment_start_date,
        state.enrollment_exit_date,
        coalesce(target.not_sent_reason = 'FUTURE-START', false) as is_to_come

    from recon.enrollment_state as state
    inner join recon.target_enrollment as target on state.sis_line = target.sis_line

    where state.state = 'target'

)

select
    pair.rule,
    one.student_key,
    one.sis_line,
    other.sis_line as other_sis_line,
    one.school_of_attendance,
    other.school_of_attendance as other_school_of_attendance,
    one.enrollment_start_date,
    one.enrollment_exit_date,
    other.enrollment_start_date as other_start_date,
    other.enrollment_exit_date as other_exit_date

from recon.conflicting_pair as pair
inner join target_records as one on pair.record_id = one.record_id
inner join target_records as other on pair.other_record_id = other.record_id

where
    pair.side = 'SIS'
    and one.sis_line < other.sis_line
    and not one.is_to_come
    and not other.is_to_come

union all

select
    'SENR0286' as rule,
    one.student_key,
    one.sis_line,
    cast(null as bigint) as other_sis_line,
    one.school_of_attendance,
    cast(null as varchar) as other_school_of_attendance,
    one.enrollment_start_date,
    one.enrollment_exit_date,
    cast(null as date) as other_start_date,
    cast(null as date) as other_exit_date

from target_records as one

where
    one.student_exit_reason_code = 'E150'
    and one.enrollment_exit_date is not null
    and not exists (
        select next_record.record_id
        from target_records as next_record
        where
            next_record.student_key = one.student_key
            and next_record.school_of_attendance = one.school_of_attendance
            and next_record.enrollment_start_date = one.enrollment_exit_date + 1
    );
