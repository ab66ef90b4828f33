-- updates: the records of the 003_Updates files: all other changes, including new enrollments.
--
-- grain:    one row per record to be uploaded
-- key:      local_record_id
-- reads:    upload_record
-- stored:   no

create or replace view recon.updates as

select *

from recon.upload_record

where category = 'updates';
