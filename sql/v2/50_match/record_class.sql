-- record_class: the class of every pair and of every record on one side only, as if no student were
-- on hold.
--
-- The class `held` here means that the comparison itself puts the record on hold.
--
-- grain:    one row per row of enrollment_match
-- key:      ods_line, sis_line
-- reads:    enrollment_match, ods_alone, last_record
-- stored:   no

create or replace view recon.record_class as

with

outcomes as (

    select
        enrollment_match.ods_line,
        enrollment_match.sis_line,
        case
            when enrollment_match.match_result <> 'ODS-ALONE' then enrollment_match.match_result
            else coalesce(
                ods_alone.kept_reason,
                ods_alone.held_reason,
                last_record.outcome,
                'REMOVE'
            )
        end as outcome

    from recon.enrollment_match
    left join recon.ods_alone on enrollment_match.ods_line = ods_alone.ods_line
    left join recon.last_record on enrollment_match.ods_line = last_record.ods_line

)

select
    ods_line,
    sis_line,
    case
        when outcome = 'AGREES' then 'same'
        when outcome = 'EXIT-DIFFERS' then 'exit'
        when outcome = 'OTHER-DIFFERENCE' then 'update'
        when outcome = 'SIS-ALONE' then 'add'
        when outcome = 'REMOVE' then 'remove'
        when outcome = 'NO-SHOW' then 'no_show'
        when
            outcome in ('KEEP-LIST', 'FUTURE-ODS-ONLY', 'PRIOR-YEAR-ODS-ONLY', 'LEFTOVER-NO-SHOW')
            then 'kept'
        when outcome in ('FUTURE-START', 'PRIOR-YEAR-SIS-ONLY') then 'not_sent'
        else 'held'
    end as class,
    outcome

from outcomes;
