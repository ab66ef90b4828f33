-- open_problem: what someone must look at: every finding that puts a student on hold, and every
-- warning.
--
-- `harm` says what is at stake for the student; reference.harm has the order. For a student on
-- hold it depends on what is wrong in CALPADS as long as nothing is sent, for others on what the
-- files do. `statement` is one sentence, without the period.
--
-- grain:    one row per rule, student, record and field
-- key:      rule, student_key, ods_line, sis_line, field
-- reads:    finding, finding_fact, held_by_another, held_student, rule, classified_record
-- stored:   no

create or replace view recon.open_problem as

with

problems as (

    select
        finding.severity,
        finding.rule,
        finding.student_key,
        finding.ods_line,
        finding.sis_line,
        finding.field,
        fact.statement,
        finding.fix

    from recon.finding
    inner join recon.finding_fact as fact
        on
            finding.rule = fact.rule
            and finding.ods_line is not distinct from fact.ods_line
            and finding.sis_line is not distinct from fact.sis_line
            and finding.field is not distinct from fact.field

    where finding.severity in ('fatal', 'warning')

    union all

    select
        'fatal' as severity,
        held.rule,
        held.student_key,
        held.ods_line,
        held.sis_line,
        cast(null as varchar) as field,
        'another record with this SSID has no LEA that can be read: ' || rule.message as statement,
        rule.fix

    from recon.held_by_another as held
    inner join reference.rule as rule on held.rule = rule.code

)

select
    problems.severity,
    problems.rule,
    problems.student_key,
    problems.ods_line,
    problems.sis_line,
    problems.field,
    problems.statement,
    problems.fix,
    held.student_key is not null as is_held,
    classified.class,
    case
        when held.student_key is not null and classified.class = 'add' then 'MISSING'
        when held.student_key is not null then 'WRONG'
        when classified.class in ('remove', 'no_show') then 'ERASED'
        when classified.class in ('exit', 'update', 'add') then 'SENT'
        else 'LEFT'
    end as harm

from problems
left join recon.held_student as held on problems.student_key = held.student_key
left join recon.classified_record as classified
    on
        problems.ods_line is not distinct from classified.ods_line
        and problems.sis_line is not distinct from classified.sis_line;
