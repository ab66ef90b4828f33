-- finding_fact: the catalogue's message of each finding, and what both sides have there.
--
-- No value of a demographic field: it may be a name or a birth date.
--
-- grain:    one row per finding
-- key:      rule, ods_line, sis_line, field
-- reads:    finding, record_span, nearest_record, field_difference, layout
-- stored:   yes

create or replace view recon.finding_fact as

with

other_ssids as (

    select
        one.side,
        one.source_line,
        min(other.ssid) as other_ssid

    from recon.finding as found
    inner join recon.record_span as one
        on
            one.side = case when found.ods_line is null then 'SIS' else 'CALPADS' end
            and one.source_line = coalesce(found.ods_line, found.sis_line)
    inner join recon.finding as other_found
        on found.rule = other_found.rule and found.value = other_found.value
    inner join recon.record_span as other
        on
            other.side = case when other_found.ods_line is null then 'SIS' else 'CALPADS' end
            and other.source_line = coalesce(other_found.ods_line, other_found.sis_line)
            and one.side <> other.side
            and one.school_of_attendance = other.school_of_attendance
            and one.enrollment_start_date = other.enrollment_start_date

    where found.rule = 'SSID-MISMATCH'

    group by
        one.side,
        one.source_line

),

findings as (

    select
        finding.rule,
        finding.student_key,
        finding.ods_line,
        finding.sis_line,
        finding.field,
        finding.message,
        case
            when
                finding.rule in (
                    'SENR0024', 'SENR0027', 'SENR0028', 'SENR0178', 'SENR0586', 'SENR0587',
                    'HANDOVER-DAY'
                )
                then
                    'the other enrollment is at '
                    || case
                        -- the value ends as 20250820-open or 20250820-20251219
                        when finding.value like '%________-open'
                            then
                                left(finding.value, length(finding.value) - 13) || 'from '
                                || left(right(finding.value, 13), 4) || '-'
                                || left(right(finding.value, 9), 2) || '-'
                                || left(right(finding.value, 7), 2) || ', open'
                        when finding.value like '%________-________'
                            then
                                left(finding.value, length(finding.value) - 17) || 'from '
                                || left(right(finding.value, 17), 4) || '-'
                                || left(right(finding.value, 13), 2) || '-'
                                || left(right(finding.value, 11), 2) || ' to '
                                || left(right(finding.value, 8), 4) || '-'
                                || left(right(finding.value, 4), 2) || '-'
                                || right(finding.value, 2)
                        else finding.value
                    end
            when finding.rule = 'SSID-MISMATCH'
                then
                    case when finding.ods_line is null then 'CALPADS' else 'the SIS' end
                    || coalesce(
                        ' has it under SSID ' || other_ssids.other_ssid, ' has it without SSID'
                    )
            when layout.role = 'demographic' then layout.name
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
    left join other_ssids
        on
            other_ssids.side = case when finding.ods_line is null then 'SIS' else 'CALPADS' end
            and other_ssids.source_line = coalesce(finding.ods_line, finding.sis_line)
    left join recon.field_difference as difference
        on
            finding.ods_line = difference.ods_line
            and finding.sis_line = difference.sis_line
            and finding.field = difference.column_name
    left join reference.layout as layout on finding.field = layout.column_name

)

select
    rule,
    student_key,
    ods_line,
    sis_line,
    field,
    message
    || coalesce(': ' || field_fact, '')
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

from findings;
