-- held_rule: which rules and fields hold the most records, and what their values look like.
--
-- The shape of the most common value has 9 for a digit and A for any letter.
--
-- grain:    one row per LEA, rule and field
-- key:      student_lea, rule, field
-- reads:    finding, ods_to_compare, sis_to_compare
-- stored:   no

create or replace view recon.held_rule as

with

findings as (

    select
        coalesce(sis.student_lea, ods.student_lea) as student_lea,
        finding.rule,
        finding.field,
        case when sis.sis_line is null then 'ODS' else 'SIS' end as side,
        coalesce(finding.sis_line, finding.ods_line) as source_line,
        case
            when finding.value is null then 'blank'
            when regexp_full_match(finding.value, '[\x20-\x7E]*')
                then translate(
                    upper(finding.value),
                    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
                    '9999999999AAAAAAAAAAAAAAAAAAAAAAAAAA'
                )
            else 'other letters'
        end as shape

    from recon.finding
    left join recon.sis_to_compare as sis on finding.sis_line = sis.sis_line
    left join recon.ods_to_compare as ods
        on finding.ods_line = ods.ods_line and finding.sis_line is null

    where
        finding.severity = 'fatal'
        and finding.rule <> 'SSID-MISSING'

),

shape_counts as (

    select
        student_lea,
        rule,
        field,
        side,
        shape,
        count(*) as records,
        min(source_line) as first_line

    from findings

    group by
        student_lea,
        rule,
        field,
        side,
        shape

),

ranked_shapes as (

    select
        student_lea,
        rule,
        field,
        side,
        shape,
        sum(records) over (partition by student_lea, rule, field) as records,
        first_line,
        row_number() over (
            partition by student_lea, rule, field
            order by records desc, side desc, shape asc
        ) as place

    from shape_counts

)

select
    student_lea,
    rule,
    field,
    cast(records as bigint) as records,
    shape,
    side,
    first_line

from ranked_shapes

where place = 1;
