-- open_this_year: the SIS's records of this school year that are open on the as-of date, with their
-- grades.
--
-- grain:    one row per such record
-- key:      sis_line
-- reads:    sis_to_compare, agreeing_record, run_parameters
-- stored:   no

create or replace view recon.open_this_year as

select
    sis.sis_line,
    sis.reporting_lea,
    sis.school_of_attendance,
    sis.grade_level_code

from recon.sis_to_compare as sis
cross join reference.run_parameters as parameters

where
    sis.scope_reason is null
    and sis.enrollment_start_date >= parameters.school_year_start
    and (not sis.has_exit_date or sis.enrollment_exit_date > parameters.as_of)

union all

select
    agreeing.sis_line,
    agreeing.reporting_lea,
    agreeing.school_of_attendance,
    agreeing.grade_level_code

from recon.agreeing_record as agreeing
cross join reference.run_parameters as parameters

where
    agreeing.enrollment_start_date >= parameters.school_year_start
    and agreeing.enrollment_exit_date is null;
