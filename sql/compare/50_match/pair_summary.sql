-- pair_summary: what a pair differs in, in one row; a pair that agrees has one too.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    pair, value_difference
-- stored:   yes

create or replace view compare.pair_summary as

with

counts as (

    select
        ods_line,
        sis_line,
        count(*) as differences,
        sum(case when is_blank_in_sis then 1 else 0 end) as blanks_in_sis

    from compare.value_difference

    group by ods_line, sis_line

)

select
    pair.ods_line,
    pair.sis_line,
    pair.ssid,
    coalesce(counts.differences, 0) as differences,
    coalesce(counts.blanks_in_sis, 0) as blanks_in_sis

from compare.pair
left join counts
    on
        pair.ods_line = counts.ods_line
        and pair.sis_line = counts.sis_line;
