-- ssid_mismatch_of_one_enrollment: one enrollment that the two sides have under different SSIDs.
--
-- School, start date and local student ID are the same, so one SSID is mistyped or retired. Both
-- students are on hold.
--
-- rule:     SSID-MISMATCH
-- severity: fatal
-- since:    always
-- fix:      look up both SSIDs in CALPADS; correct a mistyped or retired one in the SIS, or have
--           them merged in CALPADS; then run again with new extracts
-- grain:    one row per record of such a pair and other record
-- key:      ods_line, sis_line, field, other_record_id
-- reads:    classified_record
-- stored:   no

create or replace view recon.ssid_mismatch_of_one_enrollment as

with

lone_records as (

    select
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
        ods.ods_line,
        sis.sis_line

    from lone_records as ods
    inner join lone_records as sis
        on
            ods.school_of_attendance = sis.school_of_attendance
            and ods.enrollment_start_date = sis.enrollment_start_date
            and ods.local_student_id = sis.local_student_id
            and ods.ssid is distinct from sis.ssid
            -- a record whose LEA cannot be read may belong to any LEA
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
    ods_line,
    cast(null as bigint) as sis_line,
    'ssid' as field,
    'SIS line ' || sis_line as other_record_id

from mismatches

union all

select
    cast(null as bigint) as ods_line,
    sis_line,
    'ssid' as field,
    'ODS line ' || ods_line as other_record_id

from mismatches;
