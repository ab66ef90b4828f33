-- unconfirmed_record: records to be sent although CALPADS does not document whether it accepts
-- them.
--
-- These are an exit taken away, a start on the day on which another enrollment ends, an added
-- enrollment with a no-show at the same school on one of its days, and every record that must
-- follow one of these.
--
-- grain:    one row per record
-- key:      action_id
-- reads:    proposed_record, ods_record, handover_record, enrollment_state,
--           precedence_path
-- stored:   yes

create or replace view recon.unconfirmed_record as

with

exits_taken_away as (

    select proposed.action_id

    from recon.proposed_record as proposed
    inner join recon.ods_record as ods on proposed.ods_line = ods.ods_line

    where
        proposed.class = 'update'
        and proposed.enrollment_exit_date_text is null
        and (
            ods.enrollment_exit_date is not null
            or ods.enrollment_exit_date_unreadable is not null
        )

),

adds_around_a_no_show as (

    select added.action_id

    from recon.enrollment_state as added
    inner join recon.enrollment_state as no_show
        on
            added.student_key = no_show.student_key
            and added.school_of_attendance = no_show.school_of_attendance
            and added.record_id <> no_show.record_id
            and no_show.enrollment_start_date between added.enrollment_start_date and added.span_end

    where
        added.state = 'expected'
        and added.class = 'add'
        and not added.is_no_show
        and no_show.state = 'expected'
        and no_show.is_no_show

),

unconfirmed as (

    select action_id from exits_taken_away
    union
    select action_id from recon.handover_record
    union
    select action_id from adds_around_a_no_show

)

select action_id from unconfirmed
union
select precedence_path.later_action_id as action_id

from unconfirmed
inner join recon.precedence_path on unconfirmed.action_id = precedence_path.earlier_action_id;
