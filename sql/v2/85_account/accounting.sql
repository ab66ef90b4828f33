-- accounting: how many lines of each extract are in each class; the counts add up to the lines that
-- were read.
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
