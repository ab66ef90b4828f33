-- record_spread: how CALPADS's records of each school year are spread over schools, grades and
-- weeks.
--
-- So one can say whether a problem is more common at a school than the school's size explains. The
-- weeks are their Mondays: of the last change in CALPADS, and of the start. `records_since` has a
-- meaning for weeks: it counts that week and all later ones. The dimension `all` counts all records
-- of the year.
--
-- grain:    one row per school year and segment that has records
-- key:      school_year_start, dimension, segment
-- reads:    record_place
-- stored:   no

create or replace view recon.record_spread as

with

dimensions as (

    select 'all' as dimension
    union all
    select 'school' as dimension
    union all
    select 'grade' as dimension
    union all
    select 'start' as dimension
    union all
    select 'change' as dimension

),

-- for speed: many records have the same place
places as (

    select
        school_year_start,
        school_of_attendance,
        grade_level_code,
        start_week,
        change_week,
        count(*) as records

    from recon.record_place

    where school_year_start is not null

    group by
        school_year_start,
        school_of_attendance,
        grade_level_code,
        start_week,
        change_week

),

segments as (

    select
        places.school_year_start,
        dimensions.dimension,
        case dimensions.dimension
            when 'all' then 'all'
            when 'school' then places.school_of_attendance
            when 'grade' then places.grade_level_code
            when 'start' then cast(places.start_week as varchar)
            when 'change' then cast(places.change_week as varchar)
        end as segment,
        places.records

    from places
    cross join dimensions

),

counts as (

    select
        school_year_start,
        dimension,
        segment,
        cast(sum(records) as bigint) as records

    from segments

    where segment is not null

    group by
        school_year_start,
        dimension,
        segment

)

select
    school_year_start,
    dimension,
    segment,
    records,
    sum(records) over (
        partition by school_year_start, dimension order by segment desc
    ) as records_since

from counts;
