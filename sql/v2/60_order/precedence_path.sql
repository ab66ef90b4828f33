-- precedence_path: which record must post before which other one, directly or through others.
--
-- `steps` is the length of the longest way. If it is as long as the number of the student's
-- records, the way is a circle and there is no order. Each step is used once for all ways that lead
-- to it, even in a circle.
--
-- grain:    one row per pair of a student's records
-- key:      earlier_action_id, later_action_id
-- reads:    precedence
-- stored:   yes

create or replace view recon.precedence_path as

with recursive

ordered_records as (

    select
        student_key,
        earlier_action_id as action_id

    from recon.precedence

    union

    select
        student_key,
        later_action_id as action_id

    from recon.precedence

),

record_counts as (

    select
        student_key,
        count(*) as records

    from ordered_records

    group by student_key

),

paths as (

    select
        student_key,
        earlier_action_id,
        later_action_id,
        1 as steps

    from recon.precedence

    union all

    select distinct
        paths.student_key,
        paths.earlier_action_id,
        precedence.later_action_id,
        paths.steps + 1 as steps

    from paths
    inner join recon.precedence on paths.later_action_id = precedence.earlier_action_id
    inner join record_counts on paths.student_key = record_counts.student_key

    where paths.steps < record_counts.records

)

select
    paths.student_key,
    paths.earlier_action_id,
    paths.later_action_id,
    max(paths.steps) as steps,
    bool_or(paths.steps = record_counts.records) as is_in_circle

from paths
inner join record_counts on paths.student_key = record_counts.student_key

group by
    paths.student_key,
    paths.earlier_action_id,
    paths.later_action_id;
