-- order_cycle_each_before_the_other: records to be sent that must each post before another one.
--
-- rule:     ORDER-CYCLE
-- severity: fatal
-- since:    always
-- fix:      correct one of the student's enrollments by hand in CALPADS, download the ODS extract
--           again and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    precedence_chain
-- stored:   no

create or replace view recon.order_cycle_each_before_the_other as

select
    action_id,
    'enrollment_start_date' as field

from recon.precedence_chain

where is_in_circle;
