-- held_student: students of whom nothing is sent, because a record of theirs has a fatal finding.
--
-- grain:    one row per held student
-- key:      student_key
-- reads:    finding
-- stored:   yes

create or replace view recon.held_student as

select
    student_key,
    count(*) as fatal_findings,
    min(rule) as first_rule

from recon.finding

where severity = 'fatal'

group by student_key;
