-- rule_test: the rules of CALPADS that a record breaks: none, in a file without rules of its own.
--
-- grain:    one row per record and rule
-- key:      side, source_line, rule
-- reads:    line_to_check
-- stored:   no

create or replace view compare.rule_test as

select
    'sis' as side,
    sis_line as source_line,
    cast(null as varchar) as rule,
    false as is_holding

from compare.line_to_check

where false;
