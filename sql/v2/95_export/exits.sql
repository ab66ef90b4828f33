-- exits: the records of the 002_Exits files: exits added or corrected, and no-shows.
--
-- grain:    one row per record to be uploaded
-- key:      local_record_id
-- reads:    upload_record
-- stored:   no

create or replace view recon.exits as

select *

from recon.upload_record

where category = 'exits';
