-- accounting: how many lines of each extract went where; the classes add up to the lines read.
--
-- grain:    one row per side and class
-- key:      side, class
-- reads:    accounting_by_lea
-- stored:   no

create or replace view recon.accounting as

select
    side,
    class,
    cast(sum(lines) as bigint) as lines

from recon.accounting_by_lea

where lines > 0

group by
    side,
    class;
