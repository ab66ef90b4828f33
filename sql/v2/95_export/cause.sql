-- cause: where the problems of each subject come from: the segments that explain most.
--
-- A segment is a cause if it has at least half of the subject's problems, and at least five; and,
-- if it is a school, a grade or a week, at least twice its part of CALPADS's records of that year
-- (`records` of `all_records`). A week may count with all later ones (`is_since`). Of each
-- dimension, the segment that explains most is here. `place` is their order: first those that can
-- be compared, by how many problems more than their part they have.
--
-- grain:    one row per kind, subject and dimension with a cause
-- key:      kind, subject, dimension
-- reads:    problem_segment, problem_year, record_spread
-- stored:   no

create or replace view recon.cause as

with

ways as (

    select false as is_since
    union all
    select true as is_since

),

spread as (

    select
        school_year_start,
        dimension,
        segment,
        records,
        records_since

    from recon.record_spread

),

candidates as (

    select
        segments.kind,
        segments.subject,
        segments.dimension,
        segments.from_value,
        segments.segment,
        ways.is_since,
        case when ways.is_since then segments.problems_since else segments.problems end as problems,
        segments.all_problems,
        segments.dimension not in ('reason', 'field', 'value') as is_compared,
        case
            when not ways.is_since then coalesce(spread.records, 0)
            -- a week in which nothing of that year changed is in another year
            else coalesce(spread.records_since, of_year.records, 1)
        end as records,
        coalesce(of_year.records, 1) as all_records

    from recon.problem_segment as segments
    inner join ways on segments.dimension in ('change', 'start') or not ways.is_since
    left join recon.problem_year
        on segments.kind = problem_year.kind and segments.subject = problem_year.subject
    left join spread
        on
            problem_year.school_year_start = spread.school_year_start
            and segments.dimension = spread.dimension
            and segments.segment = spread.segment
    left join spread as of_year
        on
            problem_year.school_year_start = of_year.school_year_start
            and of_year.dimension = 'all'

),

outstanding as (

    select
        *,
        problems * all_records - all_problems * records as unexplained,
        row_number() over (
            partition by kind, subject, dimension
            order by
                problems * all_records - all_problems * records desc,
                is_since asc,
                segment asc,
                from_value asc
        ) as rank_in_dimension

    from candidates

    where
        problems >= 5
        and problems * 2 >= all_problems
        and problems * all_records >= 2 * all_problems * records

)

select
    kind,
    subject,
    dimension,
    from_value,
    segment,
    is_since,
    problems,
    all_problems,
    case when is_compared then records end as records,
    case when is_compared then all_records end as all_records,
    row_number() over (
        partition by kind, subject
        order by
            case when is_compared then 0 else 1 end asc,
            unexplained desc,
            dimension asc
    ) as place

from outstanding

where rank_in_dimension = 1;
