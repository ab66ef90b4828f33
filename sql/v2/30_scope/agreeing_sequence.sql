-- agreeing_sequence: agreeing pairs in the order of each student's enrollments.
--
-- `is_in_doubt` says that the record touches the next one, or that a rule that looks at unchanged
-- records may have something to say: E150 needs an enrollment from the next day on, nothing may
-- follow a graduation, and a student who left with E155 should be back after the summer.
--
-- grain:    one row per pair
-- key:      ods_line, sis_line
-- reads:    agreeing_pair, run_parameters
-- stored:   no

create or replace view recon.agreeing_sequence as

with

records as (

    select
        ods_line,
        sis_line,
        student_key,
        school_of_attendance,
        enrollment_start_date,
        enrollment_exit_date,
        student_exit_reason_code,
        student_school_completion_status_code,
        lead(enrollment_start_date) over (partition by student_key order by enrollment_start_date)
            as next_start_date,
        lead(school_of_attendance) over (partition by student_key order by enrollment_start_date)
            as next_school_of_attendance

    from recon.agreeing_pair

)

select
    records.ods_line,
    records.sis_line,
    records.student_key,
    records.next_start_date is null as is_last,
    coalesce(
        case
            when records.next_start_date is null
                then
                    records.student_exit_reason_code = 'E150'
                    or (
                        records.student_exit_reason_code = 'E155'
                        and records.enrollment_exit_date
                        >= parameters.school_year_start - interval 1 year
                        and records.enrollment_exit_date < parameters.school_year_start
                    )
            else
                records.enrollment_exit_date is null
                or records.next_start_date <= records.enrollment_exit_date
                or records.next_start_date <= records.enrollment_start_date
                or records.student_school_completion_status_code = '100'
                or (
                    records.student_exit_reason_code = 'E150'
                    and (
                        records.next_start_date <> records.enrollment_exit_date + 1
                        or records.next_school_of_attendance <> records.school_of_attendance
                    )
                )
        end, false
    ) as is_in_doubt

from records
cross join reference.run_parameters as parameters;
