-- unclear_key: keys with several lines on one side of which none is known to count.
--
-- grain:    one row per key
-- key:      pair_key
-- reads:    ranked_line
-- stored:   no

create or replace view compare.unclear_key as

select distinct pair_key

from compare.ranked_line

where reason = 'UNCLEAR';
