-- finding_message: every finding with its message, which includes facts from the record.
--
-- grain:    one row per finding
-- key:      rule, ods_line, sis_line, field
-- reads:    finding, finding_fact
-- stored:   no

create or replace view recon.finding_message as

select
    finding.student_key,
    finding.severity,
    finding.rule,
    finding.ods_line,
    finding.sis_line,
    finding.field,
    finding.value,
    fact.message,
    finding.fix

from recon.finding
inner join recon.finding_fact as fact
    on
        finding.rule = fact.rule
        and finding.ods_line is not distinct from fact.ods_line
        and finding.sis_line is not distinct from fact.sis_line
        and finding.field is not distinct from fact.field;
