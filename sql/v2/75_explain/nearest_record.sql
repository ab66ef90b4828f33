-- nearest_record: what the other side has instead of a record that only one side has.
--
-- A record that may be this one under a changed key comes first: another start date at the school,
-- or another school from the same day, if only the other side has that record. Then come a record
-- at the same school in the same year, one in the same year, one in another year, and one that the
-- run leaves out; but a record that is left out and overlaps this one comes before all others.
-- `other_side` names the record in a part of a sentence.
--
-- grain:    one row per record of record_span that only one side has
-- key:      side, source_line
-- reads:    record_span, other_side_record, run_parameters, sentence
-- stored:   yes

create or replace view recon.nearest_record as

with

ranked_others as (

    select
        side,
        source_line,
        relation,
        other_span,
        other_outcome,
        other_reason,
        row_number() over (
            partition by side, source_line
            order by
                case relation
                    when 'overlap' then 1
                    when 'start changed' then 2
                    when 'school changed' then 3
                    when 'start' then 4
                    when 'school' then 5
                    when 'year' then 6
                    else 7
                end,
                days_apart,
                other_span,
                other_line
        ) as place

    from recon.other_side_record

),

nearest_records as (

    select
        lone.side,
        lone.source_line,
        coalesce(nearest.relation, 'none') as relation,
        nearest.other_outcome,
        nearest.other_reason,
        nearest.other_span,
        case
            when lone.ssid is null then 'NO-SSID'
            when nearest.relation is null
                then
                    case lone.side when 'CALPADS' then 'NOT-IN-SIS' else 'NOT-IN-ODS' end
                    -- in a run of several LEAs, another LEA may have the student
                    || case when parameters.has_several_leas then '-IN-LEA' else '' end
            when nearest.relation in ('start changed', 'school changed') then 'INSTEAD'
            when nearest.relation = 'overlap' then 'OVERLAP'
            when nearest.relation = 'left out' then 'LEFT-OUT'
            else
                case nearest.relation when 'year' then 'IN-ANOTHER-YEAR' else 'IN-THAT-YEAR' end
                || case
                    when
                        nearest.other_outcome in ('AGREES', 'EXIT-DIFFERS', 'OTHER-DIFFERENCE')
                        then '-ON-BOTH'
                    else ''
                end
        end as other_side_sentence

    from recon.record_span as lone
    cross join reference.run_parameters as parameters
    left join ranked_others as nearest
        on
            lone.side = nearest.side
            and lone.source_line = nearest.source_line
            and nearest.place = 1

    where lone.outcome not in ('AGREES', 'EXIT-DIFFERS', 'OTHER-DIFFERENCE')

)

select
    nearest.side,
    nearest.source_line,
    nearest.relation,
    nearest.other_outcome,
    nearest.other_reason,
    nearest.other_span,
    replace(
        replace(
            replace(
                sentence.sentence,
                '{own_system}',
                case nearest.side when 'CALPADS' then 'CALPADS' else 'the SIS' end
            ),
            '{other_system}',
            case nearest.side when 'CALPADS' then 'the SIS' else 'CALPADS' end
        ),
        '{other_span}',
        coalesce(nearest.other_span, '')
    ) as other_side

from nearest_records as nearest
left join reference.sentence on nearest.other_side_sentence = sentence.code;
