-- target_exit_ahead: SIS records whose exit is set aside: it is not sent yet, and the record counts
-- as open.
--
-- The exit is after the as-of date, or a completion status has no exit date yet. An exit is sent
-- anyway if CALPADS already shows the record closed, or if the exit makes room for another record.
--
-- grain:    one row per SIS record in scope whose exit is set aside
-- key:      sis_line
-- reads:    sis_to_compare, ods_to_compare, run_parameters
-- stored:   yes

create or replace view recon.target_exit_ahead as

with

unfinished_exits as (

    select
        sis.sis_line,
        sis.student_key,
        sis.enrollment_exit_date

    from recon.sis_to_compare as sis
    cross join reference.run_parameters as parameters
    left join recon.ods_to_compare as ods on sis.ods_line = ods.ods_line

    where
        sis.scope_reason is null
        and ods.enrollment_exit_date is null
        and ods.enrollment_exit_date_unreadable is null
        and (
            sis.enrollment_exit_date > parameters.as_of
            or (
                sis.student_school_completion_status_code is not null
                and not sis.has_exit_date
            )
        )

),

exits_that_make_room as (

    select distinct unfinished_exits.sis_line

    from unfinished_exits
    inner join recon.sis_to_compare as later_record
        on
            unfinished_exits.student_key = later_record.student_key
            and unfinished_exits.sis_line <> later_record.sis_line
            and unfinished_exits.enrollment_exit_date <= later_record.enrollment_start_date

    where
        later_record.scope_reason is null
        and later_record.not_sent_reason is null

)

select unfinished_exits.sis_line

from unfinished_exits
left join exits_that_make_room
    on unfinished_exits.sis_line = exits_that_make_room.sis_line

where exits_that_make_room.sis_line is null;
