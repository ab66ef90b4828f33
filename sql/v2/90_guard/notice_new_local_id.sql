-- notice_new_local_id: LEAs whose SIS has given out new local student IDs, so that they are not
-- listed one by one.
--
-- grain:    one row per LEA
-- key:      reporting_lea
-- reads:    local_id_change
-- stored:   no

create or replace view recon.notice_new_local_id as

select
    case when student_lea <> '' then student_lea end as reporting_lea,
    changed_records,
    records

from recon.local_id_change

where has_new_local_ids;
