-- repeated_key: operational keys in scope that occur more than once in one of the extracts.
--
-- Twins (ODS lines with the same content) do not count, because they are one record.
--
-- grain:    one row per repeated key
-- key:      student_key, school_of_attendance, start_date
-- reads:    sis_scoped, sis_line_to_compare, ods_to_compare
-- stored:   yes

create or replace view recon.repeated_key as

with

sis_keys as (

    select
        sis.student_key,
        coalesce(sis.school_of_attendance, '') as school_of_attendance,
        coalesce(
            cast(sis.enrollment_start_date as varchar), sis.enrollment_start_date_unreadable, ''
        ) as start_date,
        true as is_twice_in_sis,
        false as is_twice_in_ods

    from recon.sis_scoped as sis
    -- for speed: an agreeing student has no key twice
    inner join recon.sis_line_to_compare as compared on sis.sis_line = compared.sis_line

    where sis.scope_reason is null

    group by
        sis.student_key,
        coalesce(sis.school_of_attendance, ''),
        coalesce(
            cast(sis.enrollment_start_date as varchar), sis.enrollment_start_date_unreadable, ''
        )

    -- a record without an SSID has no operational key
    having count(sis.ssid) > 1

),

ods_keys as (

    select
        student_key,
        school_of_attendance,
        cast(enrollment_start_date as varchar) as start_date,
        false as is_twice_in_sis,
        true as is_twice_in_ods

    from recon.ods_to_compare

    where
        scope_reason is null
        and is_key_twice

),

keys_of_both as (

    select * from sis_keys
    union all
    select * from ods_keys

)

select
    keys_of_both.student_key,
    keys_of_both.school_of_attendance,
    keys_of_both.start_date,
    bool_or(keys_of_both.is_twice_in_sis) as is_twice_in_sis,
    bool_or(keys_of_both.is_twice_in_ods) as is_twice_in_ods,
    bool_or(ods.ods_line is not null) as is_in_ods

from keys_of_both
left join recon.ods_to_compare as ods
    on
        keys_of_both.student_key = ods.student_key
        and keys_of_both.school_of_attendance = ods.school_of_attendance
        and keys_of_both.start_date = cast(ods.enrollment_start_date as varchar)
        and ods.scope_reason is null

group by
    keys_of_both.student_key,
    keys_of_both.school_of_attendance,
    keys_of_both.start_date;
