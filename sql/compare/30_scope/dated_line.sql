-- dated_line: each line that is not one of an equal pair, with its reason to be left out, its
-- age included.
--
-- Where a file has a history, the line with the newest date counts.
--
-- grain:    one row per line of both extracts without the equal pairs
-- key:      side, source_line
-- reads:    remaining_line, shared_key
-- stored:   no

create or replace view compare.dated_line as

select
    line.side,
    line.source_line,
    line.ssid,
    line.pair_key,
    line.newest_day,
    shared_key.pair_key is not null as is_key_shared,
    case
        when line.reason is not null then line.reason
        when line.newest_day < shared_key.last_day then 'OLDER'
        when line.newest_day is null and shared_key.last_day is not null then 'UNDATED'
    end as reason

from compare.remaining_line as line
left join compare.shared_key as shared_key
    on
        line.side = shared_key.side
        and line.pair_key = shared_key.pair_key;
