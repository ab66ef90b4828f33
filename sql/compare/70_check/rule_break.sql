-- rule_break: the rules of CALPADS that the records to check break; and, of those that would hold a
-- record, which ones a record of CALPADS breaks as well, with the first such record.
--
-- grain:    one row per record of the SIS and rule, and per rule of a record of CALPADS
-- key:      side, source_line, rule
-- reads:    rule_test
-- stored:   yes

create or replace view compare.rule_break as

with

sis_breaks as (

    select
        source_line,
        rule

    from compare.rule_test

    where side = 'sis'

)

select
    'sis' as side,
    source_line,
    rule
from sis_breaks
union all
select
    'ods' as side,
    min(rule_test.source_line) as source_line,
    rule_test.rule
from compare.rule_test
where
    rule_test.side = 'ods'
    and rule_test.is_holding
    and rule_test.rule in (select sis_breaks.rule from sis_breaks)
group by rule_test.rule;
