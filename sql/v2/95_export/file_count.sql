-- file_count: how many records of each class each file has.
--
-- grain:    one row per LEA, category, file and class
-- key:      reporting_lea, category, file_number, class
-- reads:    planned_record
-- stored:   no

create or replace view recon.file_count as

select
    reporting_lea,
    category,
    file_number,
    class,
    bool_or(is_unconfirmed) as is_unconfirmed,
    count(*) as records

from recon.planned_record

group by
    reporting_lea,
    category,
    file_number,
    class;
