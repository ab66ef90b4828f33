-- finding_fact: the catalog's message of each finding, with what both sides have.
--
-- `statement` is its first sentence: the catalog's message and the fact about the field. The values
-- of demographic fields are left out, because they may be names or birth dates.
--
-- grain:    one row per finding
-- key:      rule, ods_line, sis_line, field
-- reads:    finding, other_record, other_ssid, record_span, nearest_record, field_difference,
--           ods_enrollment, layout
-- stored:   yes

create or replace view recon.finding_fact as

with

findings as (

    select
        finding.rule,
        finding.student_key,
        finding.ods_line,
        finding.sis_line,
        finding.field,
        finding.message,
        case
            when other.other_record_id is not null
                then
                    'the other enrollment is at '
                    || coalesce(other.school_of_attendance, 'no school') || ' from '
                    || coalesce(cast(other.enrollment_start_date as varchar), 'no date')
                    || coalesce(' to ' || cast(other.enrollment_exit_date as varchar), ', open')
            when finding.rule = 'SSID-MISMATCH'
                then
                    case other_ssid.other_side when 'CALPADS' then 'CALPADS' else 'the SIS' end
                    || coalesce(
                        ' has it under SSID ' || other_ssid.ssid, ' has it without SSID'
                    )
            when layout.role = 'demographic' then layout.name
            when finding.rule = 'DEMOGRAPHIC-DIFFERENCE'
                then
                    layout.name || ' is ' || finding.value
                    || coalesce(' (CALPADS has ' || ods_line.local_student_id || ')', '')
            when layout.role in ('enrollment', 'derived', 'scope')
                then
                    layout.name || ' is ' || coalesce(finding.value, 'blank')
                    || coalesce(' (CALPADS has ' || difference.ods_value || ')', '')
        end as field_fact,
        ods.place,
        ods.ending as ods_ending,
        sis.ending as sis_ending,
        ods.span as ods_span,
        sis.span as sis_span,
        nearest.other_side

    from recon.finding
    left join recon.record_span as ods
        on ods.side = 'CALPADS' and finding.ods_line = ods.source_line
    left join recon.record_span as sis
        on sis.side = 'SIS' and finding.sis_line = sis.source_line
    left join recon.nearest_record as nearest
        on
            nearest.side = case when finding.ods_line is null then 'SIS' else 'CALPADS' end
            and nearest.source_line = coalesce(finding.ods_line, finding.sis_line)
    left join recon.other_ssid
        on
            finding.ods_line is not distinct from other_ssid.ods_line
            and finding.sis_line is not distinct from other_ssid.sis_line
    left join recon.other_record as other
        on
            finding.rule = other.rule
            and finding.ods_line is not distinct from other.ods_line
            and finding.sis_line is not distinct from other.sis_line
            and finding.field = other.field
    left join recon.field_difference as difference
        on
            finding.ods_line = difference.ods_line
            and finding.sis_line = difference.sis_line
            and finding.field = difference.column_name
    left join staging.ods_enrollment as ods_line
        on finding.ods_line = ods_line.source_line and finding.field = 'local_student_id'
    left join reference.layout as layout on finding.field = layout.column_name

),

statements as (

    select
        *,
        message || coalesce(': ' || field_fact, '') as statement

    from findings

)

select
    rule,
    student_key,
    ods_line,
    sis_line,
    field,
    statement,
    statement
    || coalesce(
        '. '
        || case
            when ods_span is null then 'The SIS has it ' || sis_span
            when sis_span is null then 'CALPADS has it ' || ods_span
            when ods_span = sis_span then 'Both have it ' || ods_span
            else
                'Both have it ' || place || ', CALPADS ' || ods_ending
                || ', the SIS ' || sis_ending
        end
        || coalesce('; ' || other_side, '') || '.',
        ''
    ) as message

from statements;
