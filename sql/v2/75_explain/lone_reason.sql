-- lone_reason: why a record that stands alone is sent, as a code and as a sentence.
--
-- reason:   LAST-RECORD-NOT-IN-SIS, LAST-RECORD-REPLACED, MID-YEAR-CHANGE, NO-SHOW-NOT-IN-SIS,
--           SCHOOL-CHANGED, SCHOOL-NOT-IN-ODS, SCHOOL-NOT-IN-SIS, START-CHANGED, START-NOT-IN-ODS,
--           START-NOT-IN-SIS, STUDENT-NOT-IN-ODS, STUDENT-NOT-IN-SIS, YEAR-NOT-IN-ODS,
--           YEAR-NOT-IN-SIS
-- grain:    one row per record of the class remove, no_show or add
-- key:      ods_line, sis_line
-- reads:    record_span, nearest_record, proposed_record, exit_origin
-- stored:   no

create or replace view recon.lone_reason as

with

students_with_an_add as (

    select distinct student_key from recon.record_span
    where outcome = 'SIS-ALONE'

),

next_day_starts as (

    select distinct later.source_line as sis_line

    from recon.record_span as earlier
    inner join recon.record_span as later
        on
            earlier.student_key = later.student_key
            and earlier.school_of_attendance = later.school_of_attendance
            and earlier.enrollment_exit_date + 1 = later.enrollment_start_date

    where
        earlier.side = 'SIS'
        and later.side = 'SIS'
        and earlier.student_exit_reason_code = 'E150'

),

lone_records as (

    select
        case when span.side = 'CALPADS' then span.source_line end as ods_line,
        case when span.side = 'SIS' then span.source_line end as sis_line,
        span.student_key,
        span.class,
        span.span,
        nearest.other_side,
        nearest.other_outcome,
        no_show.enrollment_exit_date as no_show_exit_date,
        exit_origin.origin,
        case
            when span.class = 'no_show' and with_an_add.student_key is null
                then 'LAST-RECORD-NOT-IN-SIS'
            when span.class = 'no_show' then 'LAST-RECORD-REPLACED'
            when span.class = 'remove' and span.student_exit_reason_code = 'N470'
                then 'NO-SHOW-NOT-IN-SIS'
            when nearest.relation = 'start changed' then 'START-CHANGED'
            when next_day_starts.sis_line is not null then 'MID-YEAR-CHANGE'
            when nearest.relation = 'school changed' then 'SCHOOL-CHANGED'
            when span.class = 'remove'
                then
                    case nearest.relation
                        when 'start' then 'START-NOT-IN-SIS'
                        when 'school' then 'SCHOOL-NOT-IN-SIS'
                        when 'year' then 'YEAR-NOT-IN-SIS'
                        else 'STUDENT-NOT-IN-SIS'
                    end
            else
                case nearest.relation
                    when 'start' then 'START-NOT-IN-ODS'
                    when 'school' then 'SCHOOL-NOT-IN-ODS'
                    when 'year' then 'YEAR-NOT-IN-ODS'
                    else 'STUDENT-NOT-IN-ODS'
                end
        end as reason

    from recon.record_span as span
    inner join recon.nearest_record as nearest
        on span.side = nearest.side and span.source_line = nearest.source_line
    left join students_with_an_add as with_an_add on span.student_key = with_an_add.student_key
    left join recon.proposed_record as no_show
        on
            span.side = 'CALPADS'
            and span.source_line = no_show.ods_line
            and no_show.class = 'no_show'
    left join next_day_starts
        on span.side = 'SIS' and span.source_line = next_day_starts.sis_line
    left join recon.exit_origin on span.side = 'SIS' and span.source_line = exit_origin.sis_line

    where span.class in ('remove', 'no_show', 'add')

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
            when class = 'add' then 'The SIS alone has this enrollment '
            when reason = 'NO-SHOW-NOT-IN-SIS' then 'CALPADS alone holds this no-show '
            else 'CALPADS alone holds this enrollment '
        end || span || '; ' || other_side || '.',
        case
            when class = 'no_show'
                then
                    'It would have been the student''s last record in CALPADS, so it becomes a '
                    || 'no-show (N470, exit ' || cast(no_show_exit_date as varchar)
                    || ') instead of being removed.'
            when reason in ('START-CHANGED', 'SCHOOL-CHANGED')
                then
                    case reason when 'START-CHANGED' then 'The start date' else 'The school' end
                    || ' is part of the key: the old key '
                    || case other_outcome
                        when 'NO-SHOW' then 'becomes a no-show'
                        else 'is deleted'
                    end
                    || ', the new one is added.'
            when reason = 'MID-YEAR-CHANGE'
                then
                    'It follows the enrollment that the SIS ends the day before with E150, at the '
                    || 'same school.'
            when reason = 'NO-SHOW-NOT-IN-SIS'
                then 'Another record of the student stays, so this one can be deleted.'
            when class = 'remove' then 'The SIS is taken to be right, so the record is deleted.'
        end,
        case
            when reason = 'LAST-RECORD-REPLACED' then 'The SIS''s enrollment is added after it.'
        end,
        origin
    ) as explanation

from lone_records;
