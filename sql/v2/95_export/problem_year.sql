-- problem_year: the school year in which each subject has most of its problems.
--
-- CALPADS's records of that year are what the problems are compared with, because a run changes
-- almost nothing in earlier years. Of years with as many problems, it is the last one.
--
-- grain:    one row per kind and subject
-- key:      kind, subject
-- reads:    problem
-- stored:   no

create or replace view recon.problem_year as

with

counts as (

    select
        kind,
        subject,
        school_year_start,
        count(*) as problems

    from recon.problem

    where school_year_start is not null

    group by
        kind,
        subject,
        school_year_start

),

ranked as (

    select
        kind,
        subject,
        school_year_start,
        row_number() over (
            partition by kind, subject order by problems desc, school_year_start desc
        ) as place

    from counts

)

select
    kind,
    subject,
    school_year_start

from ranked

where place = 1;
