-- lone_reason: why a record that only one side has is sent, as the codes of a reason and its
-- sentences.
--
-- reason:   LAST-RECORD-NOT-IN-SIS, LAST-RECORD-REPLACED, MID-YEAR-CHANGE, NO-SHOW-NOT-IN-SIS,
--           SCHOOL-CHANGED, SCHOOL-NOT-IN-ODS, SCHOOL-NOT-IN-SIS, START-CHANGED, START-NOT-IN-ODS,
--           START-NOT-IN-SIS, STUDENT-NOT-IN-ODS, STUDENT-NOT-IN-SIS, YEAR-NOT-IN-ODS,
--           YEAR-NOT-IN-SIS
-- grain:    one row per record of the class remove, no_show or add
-- key:      ods_line, sis_line
-- reads:    record_span, nearest_record, exit_origin
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
        nearest.other_outcome,
        exit_origin.origin_sentence,
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
    case
        when class = 'add' then 'ONLY-SIS'
        when reason = 'NO-SHOW-NOT-IN-SIS' then 'ONLY-CALPADS-NO-SHOW'
        else 'ONLY-CALPADS'
    end as first_sentence,
    case
        when class = 'no_show' then 'BECOMES-NO-SHOW'
        when reason = 'START-CHANGED' and other_outcome = 'NO-SHOW' then 'START-CHANGED-NO-SHOW'
        when reason = 'START-CHANGED' then 'START-CHANGED'
        when reason = 'SCHOOL-CHANGED' and other_outcome = 'NO-SHOW' then 'SCHOOL-CHANGED-NO-SHOW'
        when reason = 'SCHOOL-CHANGED' then 'SCHOOL-CHANGED'
        when reason = 'MID-YEAR-CHANGE' then 'MID-YEAR-CHANGE'
        when reason = 'NO-SHOW-NOT-IN-SIS' then 'ANOTHER-STAYS'
        when class = 'remove' then 'SIS-IS-RIGHT'
    end as second_sentence,
    case when reason = 'LAST-RECORD-REPLACED' then 'ADDED-AFTER' end as third_sentence,
    origin_sentence as fourth_sentence

from lone_records;
