-- start_range: the first and the last start date in each extract, in words.
--
-- grain:    one row per LEA of a run of several
-- key:      student_lea
-- reads:    start_count
-- stored:   no

create or replace view recon.start_range as

with

ranges as (

    select
        student_lea,
        min(case when side = 'ods' then enrollment_start_date end) as ods_first,
        max(case when side = 'ods' then enrollment_start_date end) as ods_last,
        min(case when side = 'sis' then enrollment_start_date end) as sis_first,
        max(case when side = 'sis' then enrollment_start_date end) as sis_last

    from recon.start_count

    where not is_awaited

    group by student_lea

)

select
    student_lea,
    'the ODS extract has '
    || coalesce('starts from ' || ods_first || ' to ' || ods_last, 'no start date')
    || ', the SIS extract '
    || coalesce('from ' || sis_first || ' to ' || sis_last, 'none') as start_range

from ranges;
