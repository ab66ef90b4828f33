-- count_change: the counts of the last run and of this one, where they differ.
--
-- Without a last run there are no rows; a count that a run does not have is zero.
--
-- grain:    one row per count that differs
-- key:      kind, class, name
-- reads:    run_count, earlier_run, last_count
-- stored:   no

create or replace view recon.count_change as

with

counted_now as (

    select
        counted.kind,
        counted.class,
        counted.name,
        counted.lines,
        counted.students

    from recon.run_count as counted
    inner join staging.earlier_run on earlier_run.is_last

)

select
    coalesce(counted_now.kind, counted_before.kind) as kind,
    coalesce(counted_now.class, counted_before.class) as class,
    coalesce(counted_now.name, counted_before.name) as name,
    coalesce(counted_before.lines, 0) as lines_before,
    coalesce(counted_now.lines, 0) as lines_now,
    coalesce(counted_before.students, 0) as students_before,
    coalesce(counted_now.students, 0) as students_now

from staging.last_count as counted_before
full outer join counted_now
    on
        counted_before.kind = counted_now.kind
        and counted_before.class = counted_now.class
        and counted_before.name = counted_now.name

where
    coalesce(counted_before.lines, 0) <> coalesce(counted_now.lines, 0)
    or coalesce(counted_before.students, 0) <> coalesce(counted_now.students, 0);
