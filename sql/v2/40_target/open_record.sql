-- open_record: SIS records that are open, or count as open because their exit is set aside, if the
-- run must find out how they end.
--
-- These are records of earlier school years, records whose exit is set aside, and from the first
-- close-out of a school on all records of this year. An exit reason without a date is an error to
-- report, not an open record.
--
-- grain:    one row per such SIS record in scope
-- key:      sis_line
-- reads:    sis_to_compare, target_exit_ahead, first_close_out, grade_level, run_parameters
-- stored:   yes

create or replace view recon.open_record as

select
    sis.sis_line,
    sis.ods_line,
    sis.reporting_lea,
    sis.school_of_attendance,
    sis.enrollment_status_code,
    sis.grade_level_code,
    grade.grade_order,
    sis.student_school_completion_status_code,
    sis.next_grade_level_code,
    sis.next_school_of_attendance,
    sis.enrollment_start_date,
    sis.school_year_start,
    sis.enrollment_exit_date as set_aside_exit_date

from recon.sis_to_compare as sis
cross join reference.run_parameters as parameters
cross join recon.first_close_out
left join recon.target_exit_ahead as exit_ahead on sis.sis_line = exit_ahead.sis_line
left join reference.grade_level as grade on sis.grade_level_code = grade.code

where
    sis.scope_reason is null
    and (
        exit_ahead.sis_line is not null
        or sis.enrollment_start_date < parameters.school_year_start
        or parameters.as_of >= first_close_out.first_day
    )
    and (
        exit_ahead.sis_line is not null
        or (
            not sis.has_exit_date
            and (
                sis.student_exit_reason_code is null
                or sis.student_school_completion_status_code is not null
            )
        )
    );
