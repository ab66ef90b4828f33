-- accounting: how many lines of each extract went where; the classes add up to the lines read.
--
-- grain:    one row per side and class
-- key:      side, class
-- reads:    ods_class, sis_class
-- stored:   yes

create or replace view recon.accounting as

select
    'ods' as side,
    class,
    count(*) as lines

from recon.ods_class

group by class

union all

select
    'sis' as side,
    class,
    count(*) as lines

from recon.sis_class

group by class;
