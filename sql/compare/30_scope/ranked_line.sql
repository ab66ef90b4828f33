-- ranked_line: the line that counts of those of a side with the same key, and why others do not.
--
-- Where a file has a history, the line with the newest date counts. Of lines that are the same in
-- all that is compared, the first one counts. If they are not, none of them does.
--
-- grain:    one row per line of both extracts
-- key:      side, source_line
-- reads:    scoped_line, shared_key
-- stored:   yes

create or replace view compare.ranked_line as

with

dated_lines as (

    select
        line.side,
        line.source_line,
        line.ssid,
        line.pair_key,
        line.newest_day,
        line.compared_values,
        case
            when line.newest_day < shared_key.last_day then 'OLDER'
            when line.newest_day is null and shared_key.last_day is not null then 'UNDATED'
        end as age_reason

    from compare.scoped_line as line
    inner join compare.shared_key as shared_key
        on
            line.side = shared_key.side
            and line.pair_key = shared_key.pair_key

    where line.reason is null

),

single_lines as (

    select
        line.side,
        line.source_line,
        line.ssid,
        line.pair_key,
        line.newest_day,
        line.compared_values,
        line.reason

    from compare.scoped_line as line
    left join compare.shared_key as shared_key
        on
            line.side = shared_key.side
            and line.pair_key = shared_key.pair_key

    where
        line.reason is not null
        or shared_key.side is null

),

newest_lines as (

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

    from dated_lines

    where age_reason is null

),

lines_with_reason as (

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

    from newest_lines
    union all
    select
        side,
        source_line,
        ssid,
        pair_key,
        newest_day,
        compared_values,
        age_reason as reason
    from dated_lines
    where age_reason is not null

)

select * from lines_with_reason
union all
select * from single_lines;
