-- checked_class: the class of each pair, and of each line without one, after the rules of CALPADS.
--
-- A record that CALPADS would refuse cannot be sent, whatever its class was.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    pair_class, judged_break
-- stored:   no

create or replace view compare.checked_class as

with

refused_lines as (

    select distinct sis_line

    from compare.judged_break

    where is_holding

)

select
    pair_class.ods_line,
    pair_class.sis_line,
    case
        when refused_lines.sis_line is null then pair_class.class
        else 'not_sendable'
    end as class,
    case
        when refused_lines.sis_line is null then pair_class.reason
        else 'RULE-BROKEN'
    end as reason

from compare.pair_class
left join refused_lines on pair_class.sis_line = refused_lines.sis_line;
