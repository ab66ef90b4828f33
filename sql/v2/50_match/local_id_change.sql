-- local_id_change: how many pairs have another local student ID in the SIS than in CALPADS.
--
-- If that is more than 5 % of the pairs, and more than 20, the SIS has given out new IDs.
--
-- grain:    one row per LEA
-- key:      student_lea
-- reads:    enrollment_match, agreeing_record
-- stored:   yes

create or replace view recon.local_id_change as

with

pairs as (

    select
        student_lea,
        has_other_local_id

    from recon.enrollment_match

    where
        ods_line is not null
        and sis_line is not null

    union all

    select
        student_lea,
        false as has_other_local_id

    from recon.agreeing_record

),

counts as (

    select
        student_lea,
        count(*) as records,
        count(case when has_other_local_id then 1 end) as changed_records

    from pairs

    group by student_lea

)

select
    student_lea,
    records,
    changed_records,
    changed_records > 20 and changed_records > records * 0.05 as has_new_local_ids

from counts;
