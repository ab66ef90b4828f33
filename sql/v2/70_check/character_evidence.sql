-- character_evidence: how many students CALPADS has with a character in a name that it should not
-- allow there, if a name to be sent has it too.
--
-- grain:    one row per character
-- key:      way
-- reads:    odd_character, evidence_line
-- stored:   yes

create or replace view recon.character_evidence as

select
    shown.way,
    count(distinct evidence_line.ssid) as students

from (
    select distinct way from recon.odd_character
    where action_id is not null
) as wanted
inner join recon.odd_character as shown on wanted.way = shown.way
inner join recon.evidence_line on shown.ods_line = evidence_line.ods_line

group by shown.way;
