-- prior_year_ods_open_not_in_sis: open ODS records of earlier school years that the SIS lacks.
--
-- rule:     PRIOR-YEAR-ODS-OPEN
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    ods_alone, run_parameters
-- stored:   no

create or replace view recon.prior_year_ods_open_not_in_sis as

select
    'PRIOR-YEAR-ODS-OPEN' as rule,
    ods_alone.student_key,
    ods_alone.ods_line,
    cast(null as bigint) as sis_line,
    'enrollment_exit_date' as field,
    cast(null as varchar) as value

from recon.ods_alone
cross join reference.run_parameters as parameters

where
    ods_alone.enrollment_start_date < parameters.school_year_start
    and ods_alone.enrollment_exit_date is null
    and ods_alone.enrollment_exit_date_unreadable is null;
