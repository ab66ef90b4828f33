-- line_remark: the rules that a record of the SIS breaks, in one text.
--
-- grain:    one row per line of the SIS that breaks a rule
-- key:      sis_line
-- reads:    judged_break
-- stored:   no

create or replace view compare.line_remark as

with

remarks as (

    select
        sis_line,
        rule,
        rule || ' ' || rule_name || case when is_holding then '' else ' (warning)' end as remark

    from compare.judged_break

)

select
    sis_line,
    string_agg(remark, '; ' order by rule) as remark

from remarks

group by sis_line;
