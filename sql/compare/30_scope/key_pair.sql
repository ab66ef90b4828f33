-- key_pair: lines of both sides with the same key, and whether their values are the same.
--
-- In doubt, the values are not the same here: the full comparison decides then.
--
-- grain:    one row per line of CALPADS and line of the SIS with its key
-- key:      ods_line, sis_line
-- reads:    scoped_line
-- stored:   yes

create or replace view compare.key_pair as

select
    ods.source_line as ods_line,
    sis.source_line as sis_line,
    ods.plain_values = sis.plain_values and not ods.is_ended as is_same

from compare.scoped_line as ods
inner join compare.scoped_line as sis on ods.pair_key = sis.pair_key

where
    ods.side = 'ods'
    and sis.side = 'sis'
    and ods.reason is null
    and sis.reason is null;
