-- notice_first_upload: how many SIS records start in a school year of which CALPADS has no records
-- yet.
--
-- This is normal in July and August. `leas` is the number of LEAs in a run of several.
--
-- grain:    one row per notice
-- key:      school_year
-- reads:    start_count, run_parameters
-- stored:   no

create or replace view recon.notice_first_upload as

select
    parameters.school_year,
    count(distinct case when start_count.student_lea <> '' then start_count.student_lea end)
        as leas,
    cast(sum(start_count.records) as bigint) as records

from recon.start_count
cross join reference.run_parameters as parameters

where start_count.is_awaited

group by parameters.school_year;
