-- handover_record: records that make one enrollment start on the day on which another of the
-- student's ends.
--
-- Days that CALPADS already shows this way do not count. The record is the one that starts. If
-- CALPADS already has that start, the record is the one whose end has changed, that becomes
-- primary, or that is no longer a no-show.
--
-- grain:    one row per record to be sent
-- key:      action_id
-- reads:    enrollment_state
-- stored:   no

create or replace view recon.handover_record as

with

handovers as (

    select
        starting.action_id as starting_action_id,
        ending.action_id as ending_action_id,
        starting.ods_line is null as is_added,
        coalesce(
            ending_now.enrollment_exit_date = ending.enrollment_exit_date
            and not ending_now.is_no_show
            and (
                ending_now.is_primary
                or starting.school_of_attendance = ending.school_of_attendance
            ),
            false
        ) as is_end_in_calpads,
        coalesce(
            not starting_now.is_no_show
            and (
                starting_now.is_primary
                or not starting.is_primary
                or starting.school_of_attendance = ending.school_of_attendance
            ),
            false
        ) as is_start_in_calpads

    from recon.enrollment_state as starting
    inner join recon.enrollment_state as ending
        on
            starting.student_key = ending.student_key
            and starting.reporting_lea = ending.reporting_lea
            and starting.enrollment_start_date = ending.enrollment_exit_date
            and starting.record_id <> ending.record_id
    left join recon.enrollment_state as starting_now
        on
            starting.student_key = starting_now.student_key
            and starting.record_id = starting_now.record_id
            and starting_now.state = 'current'
    left join recon.enrollment_state as ending_now
        on
            ending.student_key = ending_now.student_key
            and ending.record_id = ending_now.record_id
            and ending_now.state = 'current'

    where
        starting.state = 'expected'
        and ending.state = 'expected'
        and not starting.is_no_show
        and not ending.is_no_show
        and (
            ending.is_primary
            or starting.school_of_attendance = ending.school_of_attendance
        )

)

select distinct
    case
        when is_added or is_end_in_calpads then starting_action_id
        else ending_action_id
    end as action_id

from handovers

where
    not is_end_in_calpads
    or not is_start_in_calpads;
