-- equal_pair: lines of both sides with the same key and the same values, whose key no other line
-- has.
--
-- Most lines are one of these, and nothing else has to look at them. A line whose key is repeated
-- on the other side has several pairs.
--
-- grain:    one row per pair of lines
-- key:      ods_line, sis_line
-- reads:    key_pair
-- stored:   yes

create or replace view compare.equal_pair as

with

repeated_ods_lines as (

    select ods_line

    from compare.key_pair

    group by ods_line

    having count(*) > 1

),

repeated_sis_lines as (

    select sis_line

    from compare.key_pair

    group by sis_line

    having count(*) > 1

)

select
    pair.ods_line,
    pair.sis_line

from compare.key_pair as pair
left join repeated_ods_lines on pair.ods_line = repeated_ods_lines.ods_line
left join repeated_sis_lines on pair.sis_line = repeated_sis_lines.sis_line

where
    pair.is_same
    and repeated_ods_lines.ods_line is null
    and repeated_sis_lines.sis_line is null;
