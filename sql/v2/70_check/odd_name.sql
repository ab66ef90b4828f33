-- odd_name: names to be sent with a character that CALPADS does not allow in a name, and the ODS
-- extract's lines with such names.
--
-- A name has Latin letters, digits, spaces, periods, hyphens, apostrophes and slashes. FRMT0004
-- finds carets and control characters. Of the ODS extract, all names of a line are one text, and
-- only lines that changed after the rule came into force count.
--
-- grain:    one row per record to be sent and name field, and per line of the ODS extract
-- key:      action_id, ods_line, field
-- reads:    record_to_check, proposed_field, evidence_line, ods_raw, rule
-- stored:   yes

create or replace view recon.odd_name as

with

sent_names as (

    select
        record_to_check.action_id,
        proposed_field.column_name as field,
        proposed_field.value as name

    from recon.record_to_check
    inner join recon.proposed_field on record_to_check.action_id = proposed_field.action_id

    where
        (
            proposed_field.column_name like 'student_legal%'
            or proposed_field.column_name like 'student_alias%'
        )
        and not regexp_full_match(
            proposed_field.value, '[A-Za-z0-9 ./''\-À-ÖØ-öø-ɏḀ-ỿ\^\x00-\x1F\x7F-\x9F]*'
        )

),

-- for speed: in most runs there is no such name, and the ODS extract's names are not read
ods_names as (

    select
        evidence_line.ods_line,
        concat_ws(
            ' ',
            ods.student_legal_first_name,
            ods.student_legal_middle_name,
            ods.student_legal_last_name,
            ods.student_legal_name_suffix,
            ods.student_alias_first_name,
            ods.student_alias_middle_name,
            ods.student_alias_last_name
        ) as name

    from (select max(field) as last_field from sent_names) as wanted
    inner join reference.rule as rule on rule.code = 'IVR0009' and wanted.last_field is not null
    inner join recon.evidence_line
        on
            replace(evidence_line.last_date_updated, '-', '') >= strftime(rule.since, '%Y%m%d')
    inner join staging.ods_raw as ods on evidence_line.ods_line = ods.source_line

)

select
    action_id,
    cast(null as bigint) as ods_line,
    field,
    name

from sent_names

union all

select
    cast(null as varchar) as action_id,
    ods_line,
    'student_legal_last_name' as field,
    name

from ods_names

where
    not regexp_full_match(
        name, '[A-Za-z0-9 ./''\-À-ÖØ-öø-ɏḀ-ỿ\^\x00-\x1F\x7F-\x9F]*'
    );
