-- left_reason: why a record is left alone, or holds its student, for what the comparison shows.
--
-- reason:   FUTURE-ODS-ONLY, FUTURE-START, KEEP-LIST, LAST-RECORD-HISTORY, LAST-RECORD-SECONDARY,
--           LEFTOVER-NO-SHOW, ODS-COMPLETER, ODS-KEY-TWICE, PRIOR-YEAR-ODS-ONLY,
--           PRIOR-YEAR-SIS-ONLY, SCOPE-EDGE, SENR0034, SSID-MISSING
-- grain:    one row per record of the class kept, not_sent or held
-- key:      ods_line, sis_line
-- reads:    record_span, nearest_record, repeated_key, run_parameters
-- stored:   no

create or replace view recon.left_reason as

with

left_records as (

    select
        case when span.side = 'CALPADS' then span.source_line end as ods_line,
        case when span.side = 'SIS' then span.source_line end as sis_line,
        span.student_key,
        span.class,
        span.side,
        span.span,
        span.student_school_completion_status_code,
        nearest.other_side,
        nearest.other_reason,
        parameters.as_of,
        year(span.school_year_start) || '-' || (year(span.school_year_start) + 1) as school_year,
        case
            when span.outcome <> 'KEY-TWICE' then span.outcome
            when
                repeated_key.is_twice_in_ods
                and (span.side = 'CALPADS' or not repeated_key.is_twice_in_sis)
                then 'ODS-KEY-TWICE'
            else 'SENR0034'
        end as reason

    from recon.record_span as span
    cross join reference.run_parameters as parameters
    left join recon.nearest_record as nearest
        on span.side = nearest.side and span.source_line = nearest.source_line
    left join recon.repeated_key
        on
            span.student_key = repeated_key.student_key
            and coalesce(span.school_of_attendance, '') = repeated_key.school_of_attendance
            and span.start_date = repeated_key.start_date

    where span.class in ('kept', 'not_sent', 'held')

)

select
    ods_line,
    sis_line,
    student_key,
    class,
    reason,
    concat_ws(
        ' ',
        case
            when reason in ('SENR0034', 'ODS-KEY-TWICE')
                then
                    case side when 'SIS' then 'The SIS has' else 'CALPADS holds' end
                    || ' this enrollment ' || span || '.'
            when side = 'SIS'
                then 'The SIS alone has this enrollment ' || span || '; ' || other_side || '.'
            when reason = 'LEFTOVER-NO-SHOW'
                then 'CALPADS alone holds this no-show ' || span || '; ' || other_side || '.'
            else 'CALPADS alone holds this enrollment ' || span || '; ' || other_side || '.'
        end,
        case reason
            when 'KEEP-LIST' then 'It stays, for the keep list names it.'
            when 'FUTURE-ODS-ONLY'
                then
                    'It stays, for it starts after the as-of date, ' || cast(as_of as varchar)
                    || '.'
            when 'PRIOR-YEAR-ODS-ONLY'
                then
                    'It stays, for it belongs to the earlier school year ' || school_year
                    || ', which is certified.'
            when 'LEFTOVER-NO-SHOW'
                then 'It stays, for it is the student''s last record in CALPADS.'
            when 'SCOPE-EDGE'
                then
                    'That SIS record is left out of this run (' || other_reason || ') and overlaps '
                    || 'this one, so nothing of the student is sent.'
            when 'ODS-COMPLETER'
                then
                    'It has completion status ' || student_school_completion_status_code
                    || ', and a completer''s record is never removed: nothing of the student is '
                    || 'sent.'
            when 'LAST-RECORD-HISTORY'
                then
                    'It is the student''s last record in CALPADS, a closed one, and the SIS has no '
                    || 'other to add: it is neither removed nor made a no-show, and nothing of the '
                    || 'student is sent.'
            when 'LAST-RECORD-SECONDARY'
                then
                    'It is the student''s last record in CALPADS, and a secondary one cannot '
                    || 'become a no-show: nothing of the student is sent.'
            when 'FUTURE-START'
                then
                    'It starts after the as-of date, ' || cast(as_of as varchar)
                    || ', and is not sent yet.'
            when 'PRIOR-YEAR-SIS-ONLY'
                then
                    'It belongs to the earlier school year ' || school_year
                    || ', which is certified, and is not sent.'
            when 'SSID-MISSING' then 'Nothing of the student is sent until it has an SSID.'
            when 'ODS-KEY-TWICE'
                then
                    'The same school, SSID and start date stand twice in the ODS extract, with '
                    || 'different content: nothing of the student is sent.'
            when 'SENR0034'
                then
                    'The same school, SSID and start date stand twice in the SIS extract: nothing '
                    || 'of the student is sent.'
        end
    ) as explanation

from left_records;
