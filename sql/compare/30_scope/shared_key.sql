-- shared_key: keys that several lines of a side have, with the newest date of these lines.
--
-- The key of an equal pair is none of them.
--
-- grain:    one row per side and key
-- key:      side, pair_key
-- reads:    remaining_line
-- stored:   no

create or replace view compare.shared_key as

select
    side,
    pair_key,
    max(newest_day) as last_day

from compare.remaining_line

where reason is null

group by side, pair_key

having count(*) > 1;
