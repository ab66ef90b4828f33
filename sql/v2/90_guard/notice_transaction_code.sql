-- notice_transaction_code: lines of the SIS extract with transaction code D or R.
--
-- grain:    one row per code
-- key:      transaction_type_code
-- reads:    sis_enrollment
-- stored:   no

create or replace view recon.notice_transaction_code as

select
    transaction_type_code,
    count(*) as lines

from staging.sis_enrollment

where transaction_type_code in ('D', 'R')

group by transaction_type_code;
