-- updates: the records of the files 003_Updates: every other change, new enrollments included.
--
-- grain:    one row per record to be uploaded
-- key:      local_record_id
-- reads:    upload_record
-- stored:   no

create or replace view recon.updates as

select *

from recon.upload_record

where category = 'updates';
