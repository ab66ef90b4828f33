-- problem_segment: how many of each subject's problems are in each segment: a school, a grade, a
-- week, a pair of values, and so on.
--
-- Of weeks, `problems_since` counts those of that week and of all later ones. A record that CALPADS
-- does not have has the week of its start instead of that of a change.
--
-- grain:    one row per kind, subject and segment
-- key:      kind, subject, dimension, from_value, segment
-- reads:    problem
-- stored:   no

create or replace view recon.problem_segment as

with

dimensions as (

    select 'school' as dimension
    union all
    select 'grade' as dimension
    union all
    select 'change' as dimension
    union all
    select 'start' as dimension
    union all
    select 'reason' as dimension
    union all
    select 'field' as dimension
    union all
    select 'value' as dimension

),

segments as (

    select
        problem.kind,
        problem.subject,
        dimensions.dimension,
        case when dimensions.dimension = 'value' then problem.from_value end as from_value,
        case dimensions.dimension
            when 'school' then problem.school_of_attendance
            when 'grade' then problem.grade_level_code
            when 'change' then cast(problem.change_week as varchar)
            when 'start'
                then case when problem.ods_line is null then cast(problem.start_week as varchar) end
            when 'reason' then problem.reason
            when 'field' then case problem.kind when 'hold' then problem.field end
            when 'value' then problem.to_value
        end as segment

    from recon.problem
    cross join dimensions

),

counts as (

    select
        kind,
        subject,
        dimension,
        from_value,
        segment,
        count(*) as problems

    from segments

    group by
        kind,
        subject,
        dimension,
        from_value,
        segment

),

sums as (

    select
        kind,
        subject,
        dimension,
        from_value,
        segment,
        problems,
        sum(problems) over (partition by kind, subject, dimension) as all_problems,
        sum(problems) over (
            partition by kind, subject, dimension order by segment desc nulls last
        ) as problems_since

    from counts

)

select * from sums

where segment is not null;
