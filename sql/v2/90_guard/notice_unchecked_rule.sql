-- notice_unchecked_rule: rules that the run does not check because it has no school list.
--
-- grain:    one row per rule
-- key:      rule
-- reads:    rule, run_parameters
-- stored:   no

create or replace view recon.notice_unchecked_rule as

select rule.code as rule

from reference.rule
cross join reference.run_parameters as parameters

where
    not parameters.has_school_list
    and rule.stage = 'reference'
    and rule.severity <> 'off';
