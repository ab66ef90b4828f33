-- class_count: the number of lines of each side by class and reason; they add up to all lines.
--
-- grain:    one row per side, class and reason
-- key:      side, class, reason
-- reads:    line_class
-- stored:   no

create or replace view compare.class_count as

select
    side,
    class,
    reason,
    count(*) as lines

from compare.line_class

group by side, class, reason;
