-- settled_rule: rules on two records that CALPADS does not document, and that the ODS extract shows
-- it does not apply.
--
-- grain:    one row per rule
-- key:      rule
-- reads:    pair_evidence, run_parameters
-- stored:   no

create or replace view recon.settled_rule as

select
    pair_evidence.rule,
    pair_evidence.students

from recon.pair_evidence
cross join reference.run_parameters as parameters

where pair_evidence.students >= parameters.evidence_students;
