-- senr0192_residence_is_no_district: records to be sent whose district of geographic residence is
-- not the code of a school district.
--
-- The code is 7 digits, the first two are a county, and the next two are not 10, a county office. A
-- school of the school list is no district. A district of which the list has no school is a
-- warning if the list has schools of all 58 counties.
--
-- rule:     SENR0192
-- severity: fatal
-- since:    always
-- fix:      enter the 7-digit county-district code of the district that the student lives in,
--           including a leading zero; never a county office, a charter or a school; if the SIS has
--           codes of its own, translate them under [translate] in senr.toml; then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, school
-- stored:   no

create or replace view recon.senr0192_residence_is_no_district as

with

listed_districts as (

    select distinct reporting_lea
    from reference.school

),

listed_schools as (

    select distinct school_of_attendance
    from reference.school

),

school_lists as (

    select count(distinct left(reporting_lea, 2)) = 58 as has_all_counties
    from reference.school

),

residences as (

    select
        record_to_check.action_id,
        not regexp_full_match(record_to_check.district_of_geographic_residence_code, '[0-9]{7}')
        or left(record_to_check.district_of_geographic_residence_code, 2) not between '01' and '58'
        or right(left(record_to_check.district_of_geographic_residence_code, 4), 2) = '10'
        or listed_schools.school_of_attendance is not null as is_no_district,
        school_lists.has_all_counties
        and listed_districts.reporting_lea is null as is_unknown_district

    from recon.record_to_check
    cross join school_lists
    left join listed_districts
        on record_to_check.district_of_geographic_residence_code = listed_districts.reporting_lea
    left join listed_schools
        on
            record_to_check.district_of_geographic_residence_code
            = listed_schools.school_of_attendance

    where record_to_check.district_of_geographic_residence_code is not null

)

select
    action_id,
    'district_of_geographic_residence_code' as field,
    case when not is_no_district then 'UNKNOWN-DISTRICT' end as cause

from residences

where
    is_no_district
    or is_unknown_district;
