-- offense: everything that the checks found, each with its record.
--
-- A check names a record by its action if it would be sent, and by its lines if not. The cause is
-- blank unless the catalog has another message, fix or severity for it.
--
-- grain:    one row per rule, record, field and other record
-- key:      rule, ods_line, sis_line, field, other_record_id
-- reads:    match_offense, record_offense, school_offense, student_offense, proposed_record,
--           ods_to_compare, sis_to_compare
-- stored:   yes

create or replace view recon.offense as

with

offenses as (

    select
        rule,
        action_id,
        cast(null as bigint) as ods_line,
        cast(null as bigint) as sis_line,
        field,
        cast(null as varchar) as other_record_id,
        cause

    from recon.record_offense

    union all

    select
        rule,
        action_id,
        cast(null as bigint) as ods_line,
        cast(null as bigint) as sis_line,
        field,
        cast(null as varchar) as other_record_id,
        cause

    from recon.school_offense

    union all

    select
        rule,
        action_id,
        cast(null as bigint) as ods_line,
        cast(null as bigint) as sis_line,
        field,
        other_record_id,
        cause

    from recon.student_offense

    union all

    select
        rule,
        cast(null as varchar) as action_id,
        ods_line,
        sis_line,
        field,
        other_record_id,
        cause

    from recon.match_offense

)

select
    offenses.rule,
    offenses.action_id,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    offenses.field,
    offenses.other_record_id,
    offenses.cause

from offenses
inner join recon.proposed_record as proposed on offenses.action_id = proposed.action_id

union all

select
    offenses.rule,
    offenses.action_id,
    sis.student_key,
    offenses.ods_line,
    offenses.sis_line,
    offenses.field,
    offenses.other_record_id,
    offenses.cause

from offenses
inner join recon.sis_to_compare as sis on offenses.sis_line = sis.sis_line

union all

select
    offenses.rule,
    offenses.action_id,
    ods.student_key,
    offenses.ods_line,
    offenses.sis_line,
    offenses.field,
    offenses.other_record_id,
    offenses.cause

from offenses
inner join recon.ods_to_compare as ods on offenses.ods_line = ods.ods_line

where offenses.sis_line is null;
