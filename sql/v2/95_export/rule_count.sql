-- rule_count: how many findings each rule has, and for how many students.
--
-- grain:    one row per rule that was found
-- key:      rule
-- reads:    finding, rule
-- stored:   no

create or replace view recon.rule_count as

with

counts as (

    select
        rule,
        count(*) as findings,
        count(distinct student_key) as students

    from recon.finding

    group by rule

)

select
    rule.severity,
    counts.rule,
    rule.name,
    rule.message,
    rule.fix,
    rule.confidence,
    counts.findings,
    counts.students

from counts
inner join reference.rule as rule on counts.rule = rule.code;
