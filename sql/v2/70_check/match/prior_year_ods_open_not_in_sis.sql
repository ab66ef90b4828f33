-- prior_year_ods_open_not_in_sis: open ODS records of earlier school years that the SIS does not
-- have.
--
-- rule:     PRIOR-YEAR-ODS-OPEN
-- severity: warning
-- since:    always
-- fix:      last year must be closed out first: close or delete the enrollment in CALPADS, or enter
--           it with its exit in the SIS, then run again with new extracts
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    ods_alone, run_parameters
-- stored:   no

create or replace view recon.prior_year_ods_open_not_in_sis as

select
    ods_alone.ods_line,
    cast(null as bigint) as sis_line,
    'enrollment_exit_date' as field

from recon.ods_alone
cross join reference.run_parameters as parameters

where
    ods_alone.enrollment_start_date < parameters.school_year_start
    and ods_alone.enrollment_exit_date is null
    and ods_alone.enrollment_exit_date_unreadable is null;
