-- record_category: the category of every record to be sent for a student who is not on hold.
--
-- Unconfirmed records, and the records that must follow them, are updates.
--
-- grain:    one row per record to be uploaded
-- key:      action_id
-- reads:    proposed_record, held_student, exit_in_updates, unconfirmed_record, precedence_chain
-- stored:   no

create or replace view recon.record_category as

select
    proposed.action_id,
    case
        when proposed.class = 'remove' then 'removals'
        when unconfirmed_record.action_id is not null then 'updates'
        when exit_in_updates.action_id is not null then 'updates'
        when proposed.class in ('exit', 'no_show') then 'exits'
        else 'updates'
    end as category,
    unconfirmed_record.action_id is not null as is_unconfirmed,
    coalesce(precedence_chain.predecessors, 0) as predecessors

from recon.proposed_record as proposed
left join recon.held_student on proposed.student_key = held_student.student_key
left join recon.exit_in_updates on proposed.action_id = exit_in_updates.action_id
left join recon.unconfirmed_record on proposed.action_id = unconfirmed_record.action_id
left join recon.precedence_chain on proposed.action_id = precedence_chain.action_id

where held_student.student_key is null;
