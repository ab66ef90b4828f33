-- year_end_code_misplaced: records to be sent with E155 or E156 where the code does not belong.
--
-- E155 belongs in the last days of the school year, not in grade 12, and not if the SIS names
-- another school for the next year. E156 belongs in grade 12 only. The last day is the school's own
-- or else the LEA's; if the configuration has neither, E155 before May 1 is too early, because no
-- school ends before the middle of May.
--
-- rule:     YEAR-END-CODE
-- severity: warning
-- since:    always
-- fix:      E155 is for a student who returns to the same school next year, and E156 for a senior
--           who has not finished: in the SIS, choose the true exit reason, then export and run
--           again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, sis_to_compare, calendar, run_parameters
-- stored:   no

create or replace view recon.year_end_code_misplaced as

select
    record_to_check.action_id,
    'student_exit_reason_code' as field

from recon.record_to_check
cross join reference.run_parameters as parameters
left join recon.sis_to_compare as sis on record_to_check.sis_line = sis.sis_line
left join reference.calendar as of_lea
    on
        record_to_check.school_year_start = of_lea.school_year_start
        and of_lea.school_of_attendance is null
left join reference.calendar as of_school
    on
        record_to_check.school_year_start = of_school.school_year_start
        and record_to_check.school_of_attendance = of_school.school_of_attendance

where
    (
        record_to_check.student_exit_reason_code = 'E155'
        and (
            record_to_check.grade_level_code = '12'
            or sis.next_school_of_attendance <> record_to_check.school_of_attendance
            or record_to_check.enrollment_exit_date
            < coalesce(
                coalesce(of_school.last_day, of_lea.last_day) - parameters.year_end_window_days,
                make_date(year(record_to_check.school_year_start) + 1, 5, 1)
            )
        )
    )
    or (
        record_to_check.student_exit_reason_code = 'E156'
        and record_to_check.grade_level_code <> '12'
    );
