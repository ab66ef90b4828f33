-- line_to_check: the records of the SIS that someone would report, on which the rules are tried.
--
-- grain:    one row per line of the SIS
-- key:      sis_line
-- reads:    pair_class, class_reason
-- stored:   yes

create or replace view compare.line_to_check as

select pair_class.sis_line

from compare.pair_class
inner join reference.class_reason as class_reason
    on
        pair_class.class = class_reason.class
        and pair_class.reason = class_reason.reason

where
    pair_class.sis_line is not null
    and class_reason.is_reported
    and class_reason.acts in ('CALPADS', 'SIS or CALPADS');
