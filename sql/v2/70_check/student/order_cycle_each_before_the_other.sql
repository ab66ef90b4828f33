-- order_cycle_each_before_the_other: records that must each post before the other.
--
-- rule:     ORDER-CYCLE
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    precedence_chain, proposed_record
-- stored:   no

create or replace view recon.order_cycle_each_before_the_other as

select
    'ORDER-CYCLE' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'enrollment_start_date' as field,
    proposed.enrollment_start_date_text as value

from recon.precedence_chain
inner join recon.proposed_record as proposed
    on precedence_chain.action_id = proposed.action_id

where precedence_chain.is_in_circle;
