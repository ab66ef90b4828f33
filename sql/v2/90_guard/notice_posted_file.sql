-- notice_posted_file: posted files that the ODS extract does not show yet, or contradicts.
--
-- grain:    one row per notice
-- key:      posting
-- reads:    posted_file
-- stored:   no

create or replace view recon.notice_posted_file as

select
    posting,
    run_id,
    file_name,
    posted_on,
    posted,
    records,
    contradicted_records

from recon.posted_file

where
    posted = 'SINCE'
    or contradicted_records > 0;
