-- guard_change_file: a SIS extract with so many transaction codes D and R that it is a file of
-- changes, not of enrollments.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    sis_enrollment
-- stored:   no

create or replace view recon.guard_change_file as

with

counts as (

    select
        count(*) as lines,
        count(case when transaction_type_code in ('D', 'R') then 1 end) as change_lines

    from staging.sis_enrollment

)

select
    'change_file' as guard,
    cast(null as varchar) as reporting_lea,
    'transaction codes' as subject,
    change_lines as found,
    lines as out_of,
    cast(null as varchar) as detail

from counts

where
    change_lines > 20
    and change_lines > lines * 0.05;
