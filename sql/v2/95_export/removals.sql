-- removals: the records of the 001_Removals files: deletes by operational key.
--
-- grain:    one row per record to be uploaded
-- key:      local_record_id
-- reads:    upload_record
-- stored:   no

create or replace view recon.removals as

select *

from recon.upload_record

where category = 'removals';
