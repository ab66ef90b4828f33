-- fatal_pair: the conflicting pairs that include a record to be sent; they are stored for the
-- checks.
--
-- grain:    one row per rule, record to be sent and other record as it is or will be
-- key:      rule, state, record_id, other_record_id
-- reads:    conflicting_pair
-- stored:   yes

create or replace view recon.fatal_pair as

select
    rule,
    state,
    student_key,
    action_id,
    record_id,
    other_action_id,
    other_class,
    other_record_id

from recon.conflicting_pair

where side = 'CALPADS';
