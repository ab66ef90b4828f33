-- finding: everything that the checks found, with the severity, message and fix from the catalog.
--
-- The value is the value of the field; for a rule on two records, it says which record is the other
-- one. A finding with a cause has the message and the fix of that cause, and its severity if it is
-- less severe than the rule; if the run does not change the other record, the fix says how to. What
-- CALPADS has accepted for enough students is a warning. A rule that is off finds nothing.
--
-- grain:    one row per rule, record and field
-- key:      rule, ods_line, sis_line, field
-- reads:    offense, other_record, offense_evidence, line_value, proposed_field, rejected_record,
--           rule, rule_cause
-- stored:   yes

create or replace view recon.finding as

with

offending_fields as (

    select
        rule,
        action_id,
        student_key,
        ods_line,
        sis_line,
        field,
        min(cause) as cause

    from recon.offense

    group by
        rule,
        action_id,
        student_key,
        ods_line,
        sis_line,
        field

)

select
    case
        when rule.severity <> 'fatal' then rule.severity
        when evidence.students is not null then 'warning'
        else coalesce(rule_cause.severity, rule.severity)
    end as severity,
    offense.rule,
    offense.student_key,
    offense.ods_line,
    offense.sis_line,
    offense.field,
    coalesce(other.value, proposed_field.value, rejected.codes, line_value.value) as value,
    coalesce(rule_cause.message, rule.message)
    || coalesce(
        '; ' || of_other.message,
        '; ' || replace(of_evidence.message, '{students}', cast(evidence.students as varchar)),
        ''
    ) as message,
    coalesce(rule_cause.fix, of_other.fix, of_evidence.fix, rule.fix) as fix

from offending_fields as offense
inner join reference.rule as rule on offense.rule = rule.code
left join reference.rule_cause
    on offense.rule = rule_cause.rule and offense.cause = rule_cause.cause
left join recon.other_record as other
    on
        offense.rule = other.rule
        and offense.ods_line is not distinct from other.ods_line
        and offense.sis_line is not distinct from other.sis_line
        and offense.field = other.field
left join reference.rule_cause as of_other
    on of_other.rule = '*' and other.cause = of_other.cause
left join recon.offense_evidence as evidence
    on
        offense.rule = evidence.rule
        and offense.action_id = evidence.action_id
        and offense.field = evidence.field
        and rule.severity = 'fatal'
        and not coalesce(rule.is_severity_by_hand, false)
left join reference.rule_cause as of_evidence
    on of_evidence.rule = '*' and of_evidence.cause = 'EVIDENCE' and evidence.students is not null
left join recon.proposed_field
    on
        offense.action_id = proposed_field.action_id
        and offense.field = proposed_field.column_name
-- the field that comes back from CALPADS shows what CALPADS said
left join staging.rejected_record as rejected
    on
        offense.action_id = rejected.local_record_id
        and offense.field = 'local_record_id'
left join recon.line_value
    on
        offense.rule = line_value.rule
        and offense.ods_line is not distinct from line_value.ods_line
        and offense.sis_line is not distinct from line_value.sis_line
        and offense.field = line_value.field

where rule.severity <> 'off';
