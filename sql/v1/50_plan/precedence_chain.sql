-- precedence_chain: how many records must post before a record, one after the other.
--
-- A chain as long as the student has records closes a circle: no order exists.
--
-- grain:    one row per record that has a predecessor or a successor
-- key:      action_id
-- reads:    precedence
-- stored:   yes

create or replace view recon.precedence_chain as

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

chains as (

    select
        action_id,
        student_key,
        0 as predecessors

    from ordered_records

    union

    select
        precedence.later_action_id as action_id,
        chains.student_key,
        chains.predecessors + 1 as predecessors

    from chains
    inner join recon.precedence on chains.action_id = precedence.earlier_action_id
    inner join record_counts on chains.student_key = record_counts.student_key

    where chains.predecessors < record_counts.records

)

select
    chains.action_id,
    chains.student_key,
    max(chains.predecessors) as predecessors,
    case
        when max(chains.predecessors) >= max(record_counts.records) then 'Y'
        else 'N'
    end as is_in_circle

from chains
inner join record_counts on chains.student_key = record_counts.student_key

group by
    chains.action_id,
    chains.student_key;
