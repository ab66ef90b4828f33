-- precedence_chain: how many records must post, one after the other, before a record can post.
--
-- grain:    one row per record that has a predecessor or a successor
-- key:      action_id
-- reads:    precedence_path
-- stored:   yes

create or replace view recon.precedence_chain as

with

steps_before as (

    select
        later_action_id as action_id,
        student_key,
        steps,
        is_in_circle

    from recon.precedence_path

    union all

    select
        earlier_action_id as action_id,
        student_key,
        0 as steps,
        false as is_in_circle

    from recon.precedence_path

)

select
    action_id,
    student_key,
    max(steps) as predecessors,
    bool_or(is_in_circle) as is_in_circle

from steps_before

group by
    action_id,
    student_key;
