-- sis_moved_exit: exits of the SIS that are moved back by one day, because the SIS has the first
-- day away as exit date.
--
-- CALPADS has the last day of attendance. A no-show keeps its date, because it has no such day.
-- Without exit_date_is = "first_day_away" under [sis] there are none.
--
-- grain:    one row per line of the SIS extract whose exit is moved
-- key:      sis_line
-- reads:    sis_enrollment, translation, code, run_parameters
-- stored:   yes

create or replace view recon.sis_moved_exit as

select
    sis.source_line as sis_line,
    cast(sis.enrollment_exit_date - interval 1 day as date) as enrollment_exit_date

from staging.sis_enrollment as sis
inner join reference.run_parameters as parameters on parameters.exit_date_is = 'first_day_away'
left join reference.translation as exit_reason
    on
        exit_reason.column_name = 'student_exit_reason_code'
        and sis.student_exit_reason_code = exit_reason.local_code
left join reference.code as no_show
    on
        no_show.code_set = 'exit_reason'
        and no_show.no_show_days is not null
        and coalesce(exit_reason.calpads_code, sis.student_exit_reason_code) = no_show.code

where
    sis.enrollment_exit_date is not null
    and no_show.code is null;
