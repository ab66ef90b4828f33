-- notice_finding: how many findings there are of each rule that a person should look at before
-- uploading.
--
-- grain:    one row per notice
-- key:      rule
-- reads:    finding
-- stored:   no

create or replace view recon.notice_finding as

select
    rule,
    count(*) as records

from recon.finding

where rule in ('PRIOR-YEAR-ODS-OPEN', 'ODS-TWIN', 'SENIOR-UNDECIDED', 'PROMOTION-UNDECIDED')

group by rule;
