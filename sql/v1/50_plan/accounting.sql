-- accounting: how many lines of each extract went where; the classes add up to the lines read.
--
-- Records posted since the ODS extract was made are no lines of it.
--
-- grain:    one row per side and class
-- key:      side, class
-- reads:    ods_class, posted_since, sis_class
-- stored:   yes

create or replace view recon.accounting as

select
    'ods' as side,
    ods_class.class,
    count(*) as lines

from recon.ods_class
left join recon.posted_since on ods_class.ods_line = posted_since.ods_line

where posted_since.ods_line is null

group by ods_class.class

union all

select
    'sis' as side,
    class,
    count(*) as lines

from recon.sis_class

group by class;
