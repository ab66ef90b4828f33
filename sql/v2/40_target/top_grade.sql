-- top_grade: the highest grade of each school, from the school list, or else from the SIS.
--
-- Without an entry on the list, it is the highest grade that at least 5 % of the school's open
-- records of this school year have. Grade AD, and the schools 0000001 and 0000002, do not count.
--
-- grain:    one row per LEA and school with an open record
-- key:      reporting_lea, school_of_attendance
-- reads:    open_record, open_this_year, listed_school, grade_level
-- stored:   yes

create or replace view recon.top_grade as

with

schools as (

    select distinct
        reporting_lea,
        school_of_attendance

    from recon.open_record

),

grade_counts as (

    select
        sis.reporting_lea,
        sis.school_of_attendance,
        grade.grade_order,
        count(*) as records

    from schools
    inner join recon.open_this_year as sis
        on
            schools.reporting_lea = sis.reporting_lea
            and schools.school_of_attendance = sis.school_of_attendance
    left join reference.grade_level as grade on sis.grade_level_code = grade.code

    where
        sis.school_of_attendance not in ('0000001', '0000002')
        and sis.grade_level_code is distinct from 'AD'

    group by
        sis.reporting_lea,
        sis.school_of_attendance,
        grade.grade_order

),

grade_shares as (

    select
        reporting_lea,
        school_of_attendance,
        grade_order,
        records,
        sum(records) over (partition by reporting_lea, school_of_attendance) as school_records

    from grade_counts

),

grades_in_sis as (

    select
        reporting_lea,
        school_of_attendance,
        max(grade_order) as grade_order

    from grade_shares

    where records >= school_records * 0.05

    group by
        reporting_lea,
        school_of_attendance

)

select
    schools.reporting_lea,
    schools.school_of_attendance,
    coalesce(high_grade.grade_order, in_sis.grade_order) as grade_order,
    high_grade.grade_order is not null as is_from_list

from schools
left join recon.listed_school
    on
        schools.reporting_lea = listed_school.reporting_lea
        and schools.school_of_attendance = listed_school.school_of_attendance
left join reference.grade_level as high_grade on listed_school.high_grade = high_grade.code
left join grades_in_sis as in_sis
    on
        schools.reporting_lea = in_sis.reporting_lea
        and schools.school_of_attendance = in_sis.school_of_attendance

where
    high_grade.grade_order is not null
    or in_sis.grade_order is not null;
