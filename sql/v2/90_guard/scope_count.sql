-- scope_count: how many records each LEA and school has in each extract.
--
-- grain:    one row per side, LEA and school
-- key:      side, reporting_lea, school_of_attendance
-- reads:    ods_enrollment, sis_scoped, run_lea
-- stored:   yes

create or replace view recon.scope_count as

with

record_counts as (

    select
        'ods' as side,
        reporting_lea,
        school_of_attendance,
        count(*) as records

    from staging.ods_enrollment

    group by
        reporting_lea,
        school_of_attendance

    union all

    select
        'sis' as side,
        reporting_lea,
        school_of_attendance,
        count(*) as records

    from recon.sis_scoped

    group by
        reporting_lea,
        school_of_attendance

)

select
    record_counts.side,
    -- a text that is not a code may be a student's name
    case
        when regexp_full_match(record_counts.reporting_lea, '[0-9]{7}')
            then record_counts.reporting_lea
    end as reporting_lea,
    case
        when regexp_full_match(record_counts.school_of_attendance, '[0-9]{7}')
            then record_counts.school_of_attendance
    end as school_of_attendance,
    run_lea.reporting_lea is not null as is_lea_of_run,
    cast(sum(record_counts.records) as bigint) as records

from record_counts
left join reference.run_lea as run_lea on record_counts.reporting_lea = run_lea.reporting_lea

group by
    record_counts.side,
    case
        when regexp_full_match(record_counts.reporting_lea, '[0-9]{7}')
            then record_counts.reporting_lea
    end,
    case
        when regexp_full_match(record_counts.school_of_attendance, '[0-9]{7}')
            then record_counts.school_of_attendance
    end,
    run_lea.reporting_lea is not null;
