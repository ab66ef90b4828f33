-- ranked_line: the line that counts of those of a side with the same key, and why others do not.
--
-- Of lines that are the same in all that is compared, the first one counts. If they are not, none
-- of them does.
--
-- grain:    one row per line of both extracts without the equal pairs
-- key:      side, source_line
-- reads:    dated_line, compared_line
-- stored:   yes

create or replace view compare.ranked_line as

with

-- One side at a time, so that DuckDB works out the values of these lines only.
lines_that_count as (

    select
        dated.side,
        dated.source_line,
        dated.ssid,
        dated.pair_key,
        dated.newest_day,
        dated.is_key_shared,
        line.compared_values

    from compare.dated_line as dated
    inner join staging.compared_line as line on dated.source_line = line.source_line

    where
        dated.side = 'ods'
        and line.side = 'ods'
        and dated.reason is null
    union all
    select
        dated.side,
        dated.source_line,
        dated.ssid,
        dated.pair_key,
        dated.newest_day,
        dated.is_key_shared,
        line.compared_values

    from compare.dated_line as dated
    inner join staging.compared_line as line on dated.source_line = line.source_line

    where
        dated.side = 'sis'
        and line.side = 'sis'
        and dated.reason is null

),

lines_with_the_same_key as (

    select
        side,
        source_line,
        ssid,
        pair_key,
        newest_day,
        compared_values,
        min(compared_values) over (partition by side, pair_key) as least_values,
        max(compared_values) over (partition by side, pair_key) as greatest_values,
        row_number() over (partition by side, pair_key order by source_line) as place

    from lines_that_count

    where is_key_shared

)

select
    side,
    source_line,
    ssid,
    pair_key,
    newest_day,
    compared_values,
    case
        when least_values <> greatest_values then 'UNCLEAR'
        when place > 1 then 'REPEATED'
    end as reason
from lines_with_the_same_key
union all
select
    side,
    source_line,
    ssid,
    pair_key,
    newest_day,
    compared_values,
    cast(null as varchar) as reason
from lines_that_count
where not is_key_shared
union all
select
    side,
    source_line,
    ssid,
    pair_key,
    newest_day,
    cast(null as varchar) as compared_values,
    reason
from compare.dated_line
where reason is not null;
