-- handover_record: records by which an enrollment starts on the day another of the student ends.
--
-- Where CALPADS does not hold it so already. It is the record that starts; where that start stands
-- there, the one whose end has changed, or that only now is primary or no no-show any more.
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
        case when starting.ods_line is null then 'Y' else 'N' end as starts_anew,
        case
            when
                ending_now.enrollment_exit_date = ending.enrollment_exit_date
                and ending_now.is_no_show = 'N'
                and (
                    ending_now.is_primary = 'Y'
                    or starting.school_of_attendance = ending.school_of_attendance
                ) then 'Y'
            else 'N'
        end as ends_so_now,
        case
            when
                starting_now.is_no_show = 'N'
                and (
                    starting_now.is_primary = 'Y'
                    or starting.is_primary = 'N'
                    or starting.school_of_attendance = ending.school_of_attendance
                ) then 'Y'
            else 'N'
        end as starts_so_now

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
        and starting.is_no_show = 'N'
        and ending.is_no_show = 'N'
        and (
            ending.is_primary = 'Y'
            or starting.school_of_attendance = ending.school_of_attendance
        )

)

select distinct
    case
        when starts_anew = 'Y' or ends_so_now = 'Y' then starting_action_id
        else ending_action_id
    end as action_id

from handovers

where
    ends_so_now = 'N'
    or starts_so_now = 'N';
