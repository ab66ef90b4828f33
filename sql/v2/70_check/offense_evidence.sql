-- offense_evidence: what would be held, although CALPADS has accepted it for enough students.
--
-- A name counts if all its characters do; then its number is that of the rarest one.
--
-- grain:    one row per rule, record and field
-- key:      rule, action_id, field
-- reads:    record_offense, proposed_field, record_evidence, odd_character, character_evidence,
--           rule, run_parameters
-- stored:   yes

create or replace view recon.offense_evidence as

with

counts as (

    select
        offense.rule,
        offense.action_id,
        offense.field,
        evidence.students

    from recon.record_offense as offense
    inner join reference.rule as rule on offense.rule = rule.code
    left join recon.proposed_field
        on
            offense.action_id = proposed_field.action_id
            and offense.field = proposed_field.column_name
    inner join recon.record_evidence as evidence
        on
            offense.rule = evidence.rule
            and offense.field = evidence.field
            and case rule.evidence when 'code' then proposed_field.value else '' end
            = evidence.way

    union all

    select
        'IVR0009' as rule,
        odd_character.action_id,
        odd_character.field,
        min(coalesce(evidence.students, 0)) as students

    from recon.odd_character
    left join recon.character_evidence as evidence on odd_character.way = evidence.way

    where odd_character.action_id is not null

    group by
        odd_character.action_id,
        odd_character.field

)

select
    counts.rule,
    counts.action_id,
    counts.field,
    counts.students

from counts
cross join reference.run_parameters as parameters

where counts.students >= parameters.evidence_students;
