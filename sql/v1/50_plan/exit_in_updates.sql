-- exit_in_updates: exits that must wait for a record of the updates, and so go there themselves.
--
-- grain:    one row per such exit
-- key:      action_id
-- reads:    proposed_record, precedence
-- stored:   no

create or replace view recon.exit_in_updates as

with recursive

followers_of_updates as (

    select precedence.later_action_id as action_id
    from recon.precedence
    inner join recon.proposed_record as earlier on precedence.earlier_action_id = earlier.action_id
    where earlier.class = 'update'

    union

    select precedence.later_action_id as action_id
    from followers_of_updates
    inner join recon.precedence on followers_of_updates.action_id = precedence.earlier_action_id

)

select followers_of_updates.action_id

from followers_of_updates
inner join recon.proposed_record as proposed
    on followers_of_updates.action_id = proposed.action_id

where proposed.class = 'exit';
