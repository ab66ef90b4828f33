-- pair_reason: why the record of a pair that differs is sent, as a code and as a sentence.
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
        difference.other_fields,
        difference.ods_exit_date,
        coalesce(
            case
                when difference.is_exit_reason_different then difference.ods_exit_reason
                else proposed.student_exit_reason_code
            end,
            'no exit reason'
        ) as ods_exit_reason,
        coalesce(cast(proposed.enrollment_exit_date as varchar), proposed.enrollment_exit_date_text)
            as exit_date,
        coalesce(proposed.student_exit_reason_code, 'no exit reason') as exit_reason,
        case
            when exit_origin.sis_line is null
                then coalesce(proposed.student_exit_reason_code, 'no exit reason')
            else coalesce(exit_origin.own_exit_reason, 'no exit reason')
        end as own_exit_reason,
        exit_origin.origin,
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
        end as reason

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
    concat_ws(
        ' ',
        case reason
            when 'PRIOR-YEAR-CLOSED' then origin
            when 'YEAR-END-CLOSED' then origin
            when 'EXIT-UNREADABLE'
                then 'The SIS closes it on a day that is no date, ' || exit_date || '.'
            when 'EXIT-ADDED'
                then 'The SIS closes it on ' || exit_date || ' with ' || own_exit_reason || '.'
            when 'EXIT-DATE-CHANGED'
                then 'The SIS closes it on ' || exit_date || ' with ' || own_exit_reason || '.'
            when 'EXIT-REASON-CHANGED'
                then
                    case
                        when exit_date is null
                            then
                                'CALPADS has ' || ods_exit_reason || ', the SIS ' || exit_reason
                        when origin is null
                            then
                                'Both close it on ' || exit_date || ', CALPADS with '
                                || ods_exit_reason || ', the SIS with ' || exit_reason
                        else
                            'CALPADS shows it closed on ' || exit_date || ' with '
                            || ods_exit_reason || ', and the reason should be ' || exit_reason
                    end || '.'
            when 'FIELDS-CHANGED' then other_fields || '.'
        end,
        case
            when reason in ('FIELDS-CHANGED', 'EXIT-REASON-CHANGED') then null
            when ods_exit_date is null then 'CALPADS shows it open.'
            else
                'CALPADS shows it closed on ' || ods_exit_date || ' with ' || ods_exit_reason || '.'
        end,
        case
            when reason in ('PRIOR-YEAR-CLOSED', 'YEAR-END-CLOSED') then null
            when reason = 'EXIT-TAKEN-AWAY' then coalesce(origin, 'The SIS has it open.')
            else origin
        end,
        case when reason <> 'FIELDS-CHANGED' then 'Also: ' || other_fields || '.' end
    ) as explanation

from pairs;
