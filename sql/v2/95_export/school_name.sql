-- school_name: the names of the schools in the run's LEAs, from the school list.
--
-- grain:    one row per LEA and school
-- key:      reporting_lea, school_of_attendance
-- reads:    school, run_lea
-- stored:   no

create or replace view recon.school_name as

select
    school.reporting_lea,
    school.school_of_attendance,
    min(school.name) as name

from reference.school
inner join reference.run_lea on school.reporting_lea = run_lea.reporting_lea

group by
    school.reporting_lea,
    school.school_of_attendance;
