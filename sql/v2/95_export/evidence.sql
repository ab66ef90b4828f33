-- evidence: what the ODS extract shows about CALPADS, of what the run had to know.
--
-- A row counts how many students CALPADS has with what a rule would reject: a code, a character in
-- a name, a blank or date that the rule is about, or two records. `is_accepted` says that they are
-- enough, so the run sends such records.
--
-- grain:    one row per rule, field and way
-- key:      rule, field, way
-- reads:    record_evidence, character_evidence, pair_evidence, run_parameters
-- stored:   no

create or replace view recon.evidence as

with

counts as (

    select
        rule,
        field,
        way,
        students

    from recon.record_evidence

    union all

    select
        'IVR0009' as rule,
        'name' as field,
        way,
        students

    from recon.character_evidence

    union all

    select
        rule,
        'enrollment_start_date' as field,
        '' as way,
        students

    from recon.pair_evidence

)

select
    counts.rule,
    counts.field,
    counts.way,
    counts.students,
    counts.students >= parameters.evidence_students as is_accepted

from counts
cross join reference.run_parameters as parameters;
