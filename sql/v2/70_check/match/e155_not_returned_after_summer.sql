-- e155_not_returned_after_summer: enrollments that closed with E155 last school year, if the SIS
-- has no later record.
--
-- This check applies from October 1 on. A later SIS record counts even if it is out of scope,
-- because the student is back at a school that this run does not compare.
--
-- rule:     E155-NOT-RETURNED
-- severity: warning
-- since:    always
-- fix:      find out where the student went; in the SIS, replace E155 with the true exit reason on
--           the same date, or enter the new enrollment; then export and run again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    target_enrollment, ods_to_compare, sis_to_compare, run_parameters
-- stored:   yes

create or replace view recon.e155_not_returned_after_summer as

with

closed_records as (

    select
        student_key,
        ods_line,
        sis_line,
        enrollment_exit_date,
        student_exit_reason_code

    from recon.target_enrollment

    union all

    -- records that the SIS has too are above, as the SIS has them
    select
        ods.student_key,
        ods.ods_line,
        cast(null as bigint) as sis_line,
        ods.enrollment_exit_date,
        ods.student_exit_reason_code

    from recon.ods_to_compare as ods
    left join recon.target_enrollment as target on ods.ods_line = target.ods_line

    where
        ods.scope_reason is null
        and target.sis_line is null

)

select
    closed_records.ods_line,
    closed_records.sis_line,
    'student_exit_reason_code' as field

from closed_records
cross join reference.run_parameters as parameters

where
    parameters.as_of >= parameters.school_year_start + interval 3 month
    and closed_records.student_exit_reason_code = 'E155'
    and closed_records.enrollment_exit_date < parameters.school_year_start
    and closed_records.enrollment_exit_date >= parameters.school_year_start - interval 1 year
    and not exists (
        select sis.sis_line
        from recon.sis_to_compare as sis
        where
            sis.student_key = closed_records.student_key
            and sis.scope_reason is distinct from 'SIS-DELETION'
            and sis.enrollment_start_date > closed_records.enrollment_exit_date
    );
