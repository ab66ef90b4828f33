-- record_place: the school, grade and weeks of each of CALPADS's records in scope.
--
-- The weeks are their Mondays: of the last change in CALPADS, and of the start.
--
-- grain:    one row per record of CALPADS in scope
-- key:      ods_line
-- reads:    ods_to_compare, agreeing_record, ods_enrollment
-- stored:   no

create or replace view recon.record_place as

with

records as (

    select
        ods_line,
        school_year_start,
        school_of_attendance,
        grade_level_code,
        enrollment_start_date,
        last_change_date

    from recon.ods_to_compare

    where scope_reason is null

    union all

    select
        agreeing.ods_line,
        agreeing.school_year_start,
        agreeing.school_of_attendance,
        agreeing.grade_level_code,
        agreeing.enrollment_start_date,
        greatest(ods.upload_date, ods.last_date_updated) as last_change_date

    from recon.agreeing_record as agreeing
    inner join staging.ods_enrollment as ods on agreeing.ods_line = ods.source_line

)

select
    ods_line,
    school_year_start,
    school_of_attendance,
    grade_level_code,
    -- 2001-01-01 is a Monday
    enrollment_start_date
    - cast(mod(enrollment_start_date - date '2001-01-01', 7) as integer) as start_week,
    last_change_date
    - cast(mod(last_change_date - date '2001-01-01', 7) as integer) as change_week

from records;
