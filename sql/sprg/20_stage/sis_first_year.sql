-- sis_first_year: the first day of the first school year that the SIS reports programs of.
--
-- A record whose academic year cannot be read is of the year in which it starts.
--
-- grain:    one row
-- key:      first_day
-- reads:    sprg_line
-- stored:   no

create or replace view compare.sis_first_year as

with

years as (

    select distinct
        case
            when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
                then left(academic_year_id, 4)
        end as first_year,
        case
            when not coalesce(regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}'), false)
                then education_program_membership_start_date
        end as start_date

    from staging.sprg_line

    where side = 'sis'

)

select
    min(
        case
            when first_year is not null then make_date(cast(first_year as integer), 7, 1)
            else make_date(
                year(start_date) - case when month(start_date) < 7 then 1 else 0 end, 7, 1
            )
        end
    ) as first_day

from years;
