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
-- reads:    ods_to_compare, agreeing_record, ods_enrollment
-- stored:   no

create or replace view recon.record_spread as

with

records as (

    select
        school_year_start,
        school_of_attendance,
        grade_level_code,
        enrollment_start_date,
        last_change_date

    from recon.ods_to_compare

    where scope_reason is null

    union all

    select
        agreeing.school_year_start,
        agreeing.school_of_attendance,
        agreeing.grade_level_code,
        agreeing.enrollment_start_date,
        greatest(ods.upload_date, ods.last_date_updated) as last_change_date

    from recon.agreeing_record as agreeing
    inner join staging.ods_enrollment as ods on agreeing.ods_line = ods.source_line

),

-- 2001-01-01 is a Monday
placed as (

    select
        school_year_start,
        school_of_attendance,
        grade_level_code,
        cast(
            enrollment_start_date
            - cast(mod(enrollment_start_date - date '2001-01-01', 7) as integer) as varchar
        ) as start_week,
        cast(
            last_change_date
            - cast(mod(last_change_date - date '2001-01-01', 7) as integer) as varchar
        ) as change_week

    from records

),

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

segments as (

    select
        placed.school_year_start,
        dimensions.dimension,
        case dimensions.dimension
            when 'all' then 'all'
            when 'school' then placed.school_of_attendance
            when 'grade' then placed.grade_level_code
            when 'start' then placed.start_week
            when 'change' then placed.change_week
        end as segment

    from placed
    cross join dimensions

),

counts as (

    select
        school_year_start,
        dimension,
        segment,
        count(*) as records

    from segments

    where
        school_year_start is not null
        and segment is not null

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
