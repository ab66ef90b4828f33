-- left_reason: why the comparison leaves a record alone, or puts its student on hold.
--
-- The code of the second sentence is the code of the reason.
--
-- reason:   FUTURE-ODS-ONLY, FUTURE-START, KEEP-LIST, LAST-RECORD-HISTORY, LAST-RECORD-SECONDARY,
--           LEFTOVER-NO-SHOW, ODS-COMPLETER, ODS-KEY-TWICE, PRIOR-YEAR-ODS-ONLY,
--           PRIOR-YEAR-SIS-ONLY, SCOPE-EDGE, SENR0034, SSID-MISSING
-- grain:    one row per record of the class kept, not_sent or held
-- key:      ods_line, sis_line
-- reads:    record_span, repeated_key
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
        case
            when span.outcome <> 'KEY-TWICE' then span.outcome
            when
                repeated_key.is_twice_in_ods
                and (span.side = 'CALPADS' or not repeated_key.is_twice_in_sis)
                then 'ODS-KEY-TWICE'
            else 'SENR0034'
        end as reason

    from recon.record_span as span
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
    case
        when reason in ('SENR0034', 'ODS-KEY-TWICE') and side = 'SIS' then 'SIS-HAS'
        when reason in ('SENR0034', 'ODS-KEY-TWICE') then 'CALPADS-HAS'
        when side = 'SIS' then 'ONLY-SIS'
        when reason = 'LEFTOVER-NO-SHOW' then 'ONLY-CALPADS-NO-SHOW'
        else 'ONLY-CALPADS'
    end as first_sentence,
    reason as second_sentence,
    cast(null as varchar) as third_sentence,
    cast(null as varchar) as fourth_sentence

from left_records;
