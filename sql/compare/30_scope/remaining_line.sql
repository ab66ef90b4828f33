-- remaining_line: each line that is not one of an equal pair, with the reason why it is left out
-- of the comparison.
--
-- grain:    one row per line of both extracts without the equal pairs
-- key:      side, source_line
-- reads:    scoped_line, compared_line, equal_pair
-- stored:   yes

create or replace view compare.remaining_line as

with

-- One side at a time, so that DuckDB works out the keys of these lines only.
ods_lines as (

    select line.source_line

    from staging.compared_line as line
    left join compare.equal_pair as equal_pair on line.source_line = equal_pair.ods_line

    where
        line.side = 'ods'
        and equal_pair.ods_line is null

),

sis_lines as (

    select line.source_line

    from staging.compared_line as line
    left join compare.equal_pair as equal_pair on line.source_line = equal_pair.sis_line

    where
        line.side = 'sis'
        and equal_pair.sis_line is null

)

select
    line.side,
    line.source_line,
    line.ssid,
    line.pair_key,
    line.newest_day,
    line.reason
from ods_lines
inner join compare.scoped_line as line on ods_lines.source_line = line.source_line
where line.side = 'ods'
union all
select
    line.side,
    line.source_line,
    line.ssid,
    line.pair_key,
    line.newest_day,
    line.reason
from sis_lines
inner join compare.scoped_line as line on sis_lines.source_line = line.source_line
where line.side = 'sis';
