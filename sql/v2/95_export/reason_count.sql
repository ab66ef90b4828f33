-- reason_count: how many records are sent for each reason, and for how many students.
--
-- grain:    one row per class and reason
-- key:      class, reason
-- reads:    planned_record, reason
-- stored:   no

create or replace view recon.reason_count as

with

counts as (

    select
        class,
        reason,
        count(*) as records,
        count(distinct student_key) as students

    from recon.planned_record

    group by
        class,
        reason

)

select
    counts.class,
    counts.reason,
    reason.name,
    reason.meaning,
    counts.records,
    counts.students

from counts
inner join reference.reason
    on
        counts.class = reason.class
        and counts.reason = reason.code;
