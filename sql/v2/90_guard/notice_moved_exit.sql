-- notice_moved_exit: how many exits of the SIS are moved back by one day.
--
-- grain:    one row, or none
-- key:      exits
-- reads:    sis_moved_exit
-- stored:   no

create or replace view recon.notice_moved_exit as

select count(*) as exits

from recon.sis_moved_exit

having count(*) > 0;
