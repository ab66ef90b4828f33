-- listed_school: the entry of the school list that applies to a school, for each LEA that reports
-- it.
--
-- An independently reporting charter has its school code as its LEA code, and is on the list under
-- the district around it. If a school has several entries, the open one applies, or else the one
-- that closed last.
--
-- grain:    one row per reporting LEA and school
-- key:      reporting_lea, school_of_attendance
-- reads:    school
-- stored:   no

create or replace view recon.listed_school as

with

reporters as (

    select
        reporting_lea,
        reporting_lea as listed_lea,
        school_of_attendance

    from reference.school

    union

    select
        school_of_attendance as reporting_lea,
        reporting_lea as listed_lea,
        school_of_attendance

    from reference.school

),

entries as (

    select
        reporters.reporting_lea,
        school.school_of_attendance,
        school.low_grade,
        school.high_grade,
        school.school_type,
        school.open_date,
        school.close_date,
        row_number() over (
            partition by
                reporters.reporting_lea,
                school.school_of_attendance
            order by
                school.close_date desc nulls first,
                school.reporting_lea asc
        ) as place

    from reporters
    inner join reference.school as school
        on
            reporters.listed_lea = school.reporting_lea
            and reporters.school_of_attendance = school.school_of_attendance

)

select
    reporting_lea,
    school_of_attendance,
    low_grade,
    high_grade,
    school_type,
    open_date,
    close_date

from entries

where place = 1;
