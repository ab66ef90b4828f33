-- exit_after_year_last_day: records to be sent whose exit is after the last day of the school year
-- in which they start.
--
-- The last day is the school's own, or else the LEA's, or June 30 if the configuration has neither.
-- An enrollment of one day is exempt, because that is how summer graduates are reported.
--
-- rule:     EXIT-AFTER-YEAR
-- severity: warning
-- since:    always
-- fix:      in the SIS, date the exit on the last school day of that year at the latest, then
--           export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, calendar
-- stored:   no

create or replace view recon.exit_after_year_last_day as

select
    record_to_check.action_id,
    'enrollment_exit_date' as field

from recon.record_to_check
left join reference.calendar as of_lea
    on
        record_to_check.school_year_start = of_lea.school_year_start
        and of_lea.school_of_attendance is null
left join reference.calendar as of_school
    on
        record_to_check.school_year_start = of_school.school_year_start
        and record_to_check.school_of_attendance = of_school.school_of_attendance

where
    record_to_check.enrollment_exit_date <> record_to_check.enrollment_start_date
    and record_to_check.enrollment_exit_date
    > coalesce(
        of_school.last_day,
        of_lea.last_day,
        make_date(year(record_to_check.school_year_start) + 1, 6, 30)
    );
