-- worded_difference: each differing field of field_difference, with exit dates in words.
--
-- There would be as many pairs of values as days. So an exit date is `a date`, `a later date` or
-- `an earlier date`, and `shift` says more, where both sides have a date: `the next day`, `the day
-- before`, or as many days.
--
-- grain:    one row per pair and differing field
-- key:      ods_line, sis_line, column_name
-- reads:    field_difference
-- stored:   no

create or replace view recon.worded_difference as

select
    ods_line,
    sis_line,
    column_name,
    case
        when column_name <> 'enrollment_exit_date' then ods_value
        when ods_value is not null then 'a date'
    end as ods_value,
    case
        when column_name <> 'enrollment_exit_date' then target_value
        when target_value is null then null
        when ods_value is null then 'a date'
        when target_value > ods_value then 'a later date'
        else 'an earlier date'
    end as target_value,
    case
        when column_name <> 'enrollment_exit_date' then null
        when exit_shift_days = 1 then 'the next day'
        when exit_shift_days = -1 then 'the day before'
        when exit_shift_days > 0 then 'a date ' || exit_shift_days || ' days later'
        when exit_shift_days < 0 then 'a date ' || -exit_shift_days || ' days earlier'
    end as shift

from recon.field_difference;
