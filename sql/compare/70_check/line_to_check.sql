-- line_to_check: the lines whose records the rules of CALPADS are tried on.
--
-- Of the SIS, these are the records that someone would report. Of CALPADS, they are the records
-- that are compared in full: a rule that one of them breaks cannot be quite as it was read.
--
-- grain:    one row per line
-- key:      side, source_line
-- reads:    pair_class, class_reason, pair
-- stored:   yes

create or replace view compare.line_to_check as

select
    'sis' as side,
    pair_class.sis_line as source_line
from compare.pair_class
inner join reference.class_reason as class_reason
    on
        pair_class.class = class_reason.class
        and pair_class.reason = class_reason.reason
where
    pair_class.sis_line is not null
    and class_reason.is_reported
    and class_reason.acts in ('CALPADS', 'SIS or CALPADS')
union all
select
    'ods' as side,
    pair.ods_line as source_line
from compare.pair
where pair.ods_line is not null;
