-- rule_count: how many findings each rule has by severity, and of how many students.
--
-- grain:    one row per severity and rule that was found
-- key:      severity, rule
-- reads:    finding, rule
-- stored:   no

create or replace view recon.rule_count as

with

counts as (

    select
        severity,
        rule,
        count(*) as findings,
        count(distinct student_key) as students

    from recon.finding

    group by
        severity,
        rule

)

select
    counts.severity,
    counts.rule,
    rule.name,
    rule.message,
    rule.fix,
    rule.confidence,
    counts.findings,
    counts.students

from counts
inner join reference.rule as rule on counts.rule = rule.code;
