-- judged_break: the rules that a record of the SIS breaks, and whether CALPADS would refuse it.
--
-- A rule that a record of CALPADS breaks as well is shown only, as a warning is.
--
-- grain:    one row per line of the SIS and rule
-- key:      sis_line, rule
-- reads:    rule_break, compared_rule
-- stored:   no

create or replace view compare.judged_break as

with

rules_broken_in_calpads as (

    select distinct rule

    from compare.rule_break

    where side = 'ods'

)

select
    rule_break.source_line as sis_line,
    rule_break.rule,
    rule.name as rule_name,
    rule.is_holding and rules_broken_in_calpads.rule is null as is_holding

from compare.rule_break
inner join reference.compared_rule as rule on rule_break.rule = rule.code
left join rules_broken_in_calpads on rule_break.rule = rules_broken_in_calpads.rule

where rule_break.side = 'sis';
