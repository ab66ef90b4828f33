-- shared_key: keys that several lines of a side have, with the newest date of these lines.
--
-- Most keys occur once, so ranked_line sorts only the lines of these.
--
-- grain:    one row per side and key
-- key:      side, pair_key
-- reads:    scoped_line
-- stored:   yes

create or replace view compare.shared_key as

select
    side,
    pair_key,
    max(newest_day) as last_day

from compare.scoped_line

where reason is null

group by side, pair_key

having count(*) > 1;
