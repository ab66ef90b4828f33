-- problem_segment: how many of each subject's problems are in each segment: a school, a grade, a
-- week, a pair of values, and so on.
--
-- Of weeks, `problems_since` counts those of that week and of all later ones. A record that CALPADS
-- does not have has the week of its start instead of that of a change.
--
-- grain:    one row per kind, subject and segment
-- key:      kind, subject, dimension, from_value, segment
-- reads:    problem, rule
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
            -- the grade itself may be what differs
            when 'grade'
                then
                    case
                        when coalesce(problem.field, '') <> 'grade_level_code'
                            then problem.grade_level_code
                    end
            when 'change' then cast(problem.change_week as varchar)
            when 'start'
                then case when problem.ods_line is null then cast(problem.start_week as varchar) end
            when 'reason' then problem.reason
            -- a rule whose catalog row names its field has no other one
            when 'field' then case when several.code is not null then problem.field end
            when 'value' then problem.to_value
        end as segment

    from recon.problem
    cross join dimensions
    left join reference.rule as several
        on
            problem.kind = 'hold'
            and problem.subject = several.code
            and several.fields not like '1.%'
            and several.fields <> 'key'

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
