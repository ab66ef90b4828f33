-- pair: the lines of both sides that have the same key, and those without a line on the other side.
--
-- The equal pairs are not here.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    ranked_line, unclear_key
-- stored:   yes

create or replace view compare.pair as

with

clear_lines as (

    select
        ranked_line.side,
        ranked_line.source_line,
        ranked_line.ssid,
        ranked_line.pair_key,
        ranked_line.compared_values

    from compare.ranked_line
    left join compare.unclear_key as unclear_key on ranked_line.pair_key = unclear_key.pair_key

    where
        ranked_line.reason is null
        and unclear_key.pair_key is null

),

ods_lines as (

    select * from clear_lines
    where side = 'ods'

),

sis_lines as (

    select * from clear_lines
    where side = 'sis'

)

select
    ods.source_line as ods_line,
    sis.source_line as sis_line,
    coalesce(ods.ssid, sis.ssid) as ssid,
    coalesce(ods.pair_key, sis.pair_key) as pair_key,
    ods.compared_values as ods_values,
    sis.compared_values as sis_values

from ods_lines as ods
full join sis_lines as sis on ods.pair_key = sis.pair_key;
