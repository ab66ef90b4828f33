-- ssid_mismatch_of_one_enrollment: one enrollment that the two sides hold under different SSIDs.
--
-- Same school, start date and local student ID: a mistyped or a retired SSID. Both students are
-- held.
--
-- rule:     SSID-MISMATCH
-- grain:    one row per record of such a pair
-- key:      ods_line, sis_line, field
-- reads:    classified_record
-- stored:   no

create or replace view recon.ssid_mismatch_of_one_enrollment as

with

lone_records as (

    select
        student_key,
        student_lea,
        ssid,
        ods_line,
        sis_line,
        school_of_attendance,
        enrollment_start_date,
        local_student_id

    from recon.classified_record

    where
        outcome <> 'KEY-TWICE'
        and (ods_line is null or sis_line is null)

),

mismatches as (

    select
        ods.student_key as ods_student_key,
        ods.ods_line,
        sis.student_key as sis_student_key,
        sis.sis_line,
        ods.local_student_id

    from lone_records as ods
    inner join lone_records as sis
        on
            ods.school_of_attendance = sis.school_of_attendance
            and ods.enrollment_start_date = sis.enrollment_start_date
            and ods.local_student_id = sis.local_student_id
            and ods.ssid is distinct from sis.ssid
            -- a record whose LEA cannot be read may be any LEA's
            and (
                ods.student_lea = sis.student_lea
                or ods.student_lea = ''
                or sis.student_lea = ''
            )

    where
        ods.sis_line is null
        and sis.ods_line is null

)

select
    'SSID-MISMATCH' as rule,
    ods_student_key as student_key,
    ods_line,
    cast(null as bigint) as sis_line,
    'ssid' as field,
    local_student_id as value

from mismatches

union

select
    'SSID-MISMATCH' as rule,
    sis_student_key as student_key,
    cast(null as bigint) as ods_line,
    sis_line,
    'ssid' as field,
    local_student_id as value

from mismatches;
