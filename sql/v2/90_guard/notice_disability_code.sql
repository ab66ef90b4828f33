-- notice_disability_code: how many SIS records have a disability code that is not Y or N.
--
-- grain:    one row per notice
-- key:      records
-- reads:    sis_scoped
-- stored:   no

create or replace view recon.notice_disability_code as

with

counts as (

    select count(*) as records

    from recon.sis_scoped

    where student_with_disability not in ('Y', 'N')

)

select records

from counts

where records > 0;
