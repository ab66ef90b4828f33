-- exit_in_updates: exits that must wait for an update, and so go into the updates files themselves.
--
-- grain:    one row per such exit
-- key:      action_id
-- reads:    proposed_record, precedence_path
-- stored:   no

create or replace view recon.exit_in_updates as

select distinct precedence_path.later_action_id as action_id

from recon.precedence_path
inner join recon.proposed_record as earlier
    on precedence_path.earlier_action_id = earlier.action_id
inner join recon.proposed_record as later
    on precedence_path.later_action_id = later.action_id

where
    earlier.class = 'update'
    and later.class = 'exit';
