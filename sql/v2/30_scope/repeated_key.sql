-- repeated_key: operational keys in scope that occur more than once in one of the extracts.
--
-- Twins (ODS lines with the same content) do not count, because they are one record.
--
-- grain:    one row per repeated key
-- key:      student_key, school_of_attendance, start_date
-- reads:    sis_scoped, ods_record
-- stored:   yes

create or replace view recon.repeated_key as

with

sis_keys as (

    select
        student_key,
        coalesce(school_of_attendance, '') as school_of_attendance,
        coalesce(cast(enrollment_start_date as varchar), enrollment_start_date_unreadable, '')
            as start_date,
        true as is_twice_in_sis,
        false as is_twice_in_ods

    from recon.sis_scoped

    where
        ssid is not null
        and scope_reason is null

    group by
        student_key,
        coalesce(school_of_attendance, ''),
        coalesce(cast(enrollment_start_date as varchar), enrollment_start_date_unreadable, '')

    having count(*) > 1

),

ods_keys as (

    select
        student_key,
        school_of_attendance,
        cast(enrollment_start_date as varchar) as start_date,
        false as is_twice_in_sis,
        true as is_twice_in_ods

    from recon.ods_record

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
left join recon.ods_record as ods
    on
        keys_of_both.student_key = ods.student_key
        and keys_of_both.school_of_attendance = ods.school_of_attendance
        and keys_of_both.start_date = cast(ods.enrollment_start_date as varchar)
        and ods.scope_reason is null

group by
    keys_of_both.student_key,
    keys_of_both.school_of_attendance,
    keys_of_both.start_date;
