-- pair_reason: why the record of a pair that differs is sent, as the codes of a reason and its
-- sentences.
--
-- reason:   EXIT-ADDED, EXIT-DATE-CHANGED, EXIT-REASON-CHANGED, EXIT-TAKEN-AWAY, EXIT-UNREADABLE,
--           FIELDS-CHANGED, PRIOR-YEAR-CLOSED, YEAR-END-CLOSED
-- grain:    one row per record of the class exit or update
-- key:      ods_line, sis_line
-- reads:    proposed_record, pair_difference, exit_origin, run_parameters
-- stored:   no

create or replace view recon.pair_reason as

with

pairs as (

    select
        proposed.ods_line,
        proposed.sis_line,
        proposed.student_key,
        proposed.class,
        exit_origin.origin_sentence,
        case
            when
                proposed.class = 'exit'
                and exit_origin.exit_outcome = 'CLOSE-OUT'
                and proposed.enrollment_start_date < parameters.school_year_start
                then 'PRIOR-YEAR-CLOSED'
            when proposed.class = 'exit' and exit_origin.exit_outcome = 'CLOSE-OUT'
                then 'YEAR-END-CLOSED'
            when proposed.class = 'exit' and proposed.enrollment_exit_date is null
                then 'EXIT-UNREADABLE'
            when proposed.class = 'exit' and difference.ods_exit_date is null then 'EXIT-ADDED'
            when proposed.class = 'exit' then 'EXIT-DATE-CHANGED'
            when difference.is_exit_date_different then 'EXIT-TAKEN-AWAY'
            when difference.is_exit_reason_different then 'EXIT-REASON-CHANGED'
            else 'FIELDS-CHANGED'
        end as reason,
        coalesce(cast(proposed.enrollment_exit_date as varchar), proposed.enrollment_exit_date_text)
        is not null as has_exit_date,
        difference.ods_exit_date is not null as has_ods_exit_date,
        difference.other_fields is not null as has_other_fields

    from recon.proposed_record as proposed
    inner join recon.pair_difference as difference
        on
            proposed.ods_line = difference.ods_line
            and proposed.sis_line = difference.sis_line
    cross join reference.run_parameters as parameters
    left join recon.exit_origin on proposed.sis_line = exit_origin.sis_line

)

select
    ods_line,
    sis_line,
    student_key,
    class,
    reason,
    case
        when reason in ('PRIOR-YEAR-CLOSED', 'YEAR-END-CLOSED') then origin_sentence
        when reason = 'EXIT-UNREADABLE' then 'SIS-CLOSES-UNREADABLE'
        when reason in ('EXIT-ADDED', 'EXIT-DATE-CHANGED') then 'SIS-CLOSES'
        when reason = 'FIELDS-CHANGED' then 'FIELDS-DIFFER'
        when reason = 'EXIT-TAKEN-AWAY' then null
        when not has_exit_date then 'OTHER-EXIT-REASON'
        when origin_sentence is null then 'BOTH-CLOSE'
        else 'SHOULD-BE'
    end as first_sentence,
    case
        when reason in ('FIELDS-CHANGED', 'EXIT-REASON-CHANGED') then null
        when has_ods_exit_date then 'CALPADS-CLOSED'
        else 'CALPADS-OPEN'
    end as second_sentence,
    case
        when reason in ('PRIOR-YEAR-CLOSED', 'YEAR-END-CLOSED') then null
        when reason = 'EXIT-TAKEN-AWAY' then coalesce(origin_sentence, 'SIS-OPEN')
        else origin_sentence
    end as third_sentence,
    case when reason <> 'FIELDS-CHANGED' and has_other_fields then 'ALSO' end as fourth_sentence

from pairs;
