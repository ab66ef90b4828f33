-- precedence: which of a student's records must post before which other one.
--
-- X must post before Y if Y, as it will be, conflicts with X as CALPADS has it now. Removals always
-- post first.
--
-- grain:    one row per pair of a student's records
-- key:      earlier_action_id, later_action_id
-- reads:    fatal_pair
-- stored:   yes

create or replace view recon.precedence as

select distinct
    student_key,
    other_action_id as earlier_action_id,
    action_id as later_action_id

from recon.fatal_pair

where
    state = 'current'
    and other_class in ('no_show', 'exit', 'update');
