-- guard_empty_scope: an extract of which the run compares no record: a wrong LEA, a wrong school,
-- or the wrong file.
--
-- The detail names the ten largest LEAs of the extract, or its schools if it has the right LEA.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    start_count, scope_count, run_parameters
-- stored:   no

create or replace view recon.guard_empty_scope as

with sides as (

    select 'ods' as side
    union all
    select 'sis' as side

),

compared as (select distinct side from recon.start_count),

empty_sides as (

    select
        sides.side,
        cast(sum(counts.records) as bigint) as records,
        bool_or(counts.is_lea_of_run) as has_lea_of_run

    from sides
    left join compared
        on sides.side = compared.side
    inner join recon.scope_count as counts on sides.side = counts.side

    where compared.side is null

    group by sides.side

),

named_counts as (

    select
        empty_sides.side,
        case
            when empty_sides.has_lea_of_run
                then coalesce('school ' || counts.school_of_attendance, 'an unreadable school')
            else coalesce('LEA ' || counts.reporting_lea, 'an unreadable LEA')
        end as name,
        counts.records

    from empty_sides
    inner join recon.scope_count as counts on empty_sides.side = counts.side

),

ranked_counts as (

    select
        side,
        name,
        sum(records) as records,
        row_number() over (partition by side order by sum(records) desc, name asc) as place

    from named_counts

    group by
        side,
        name

)

select
    'empty_scope' as guard,
    cast(null as varchar) as reporting_lea,
    empty_sides.side as subject,
    cast(0 as bigint) as found,
    empty_sides.records as out_of,
    string_agg(
        ranked_counts.name || ' (' || ranked_counts.records || ')', ', '
        order by ranked_counts.place
    ) as detail

from empty_sides
inner join ranked_counts on empty_sides.side = ranked_counts.side
cross join reference.run_parameters as parameters

where
    not parameters.allow_empty_scope
    and ranked_counts.place <= 10

group by
    empty_sides.side,
    empty_sides.records;
