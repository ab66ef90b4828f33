-- frmt0002_not_a_date: records to be sent with a date that is not a real date written YYYYMMDD.
--
-- rule:     FRMT0002
-- severity: fatal
-- since:    always
-- fix:      correct the date in the SIS, or the way its export writes dates (YYYYMMDD); for a
--           removal or a no-show, download the ODS extract again; then run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field, layout
-- stored:   no

create or replace view recon.frmt0002_not_a_date as

with

written_dates as (

    select
        proposed_field.action_id,
        proposed_field.column_name,
        case
            when regexp_full_match(proposed_field.value, '[0-9]{8}')
                then cast(left(proposed_field.value, 4) as integer)
        end as year_number,
        case
            when regexp_full_match(proposed_field.value, '[0-9]{8}')
                then cast(left(right(proposed_field.value, 4), 2) as integer)
        end as month_number,
        case
            when regexp_full_match(proposed_field.value, '[0-9]{8}')
                then cast(right(proposed_field.value, 2) as integer)
        end as day_number

    from recon.proposed_field
    inner join reference.layout as layout on proposed_field.column_name = layout.column_name

    where
        layout.type = 'DT'
        and proposed_field.value is not null

)

select
    action_id,
    column_name as field

from written_dates

where
    day_number is null
    or month_number not between 1 and 12
    or day_number not between 1 and case
        when month_number in (4, 6, 9, 11) then 30
        when month_number <> 2 then 31
        when year_number % 4 = 0 and (year_number % 100 <> 0 or year_number % 400 = 0) then 29
        else 28
    end;
