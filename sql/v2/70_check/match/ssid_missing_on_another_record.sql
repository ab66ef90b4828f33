-- ssid_missing_on_another_record: records of a student who has another SIS record without an SSID.
--
-- The local student ID shows that they belong to the same student. We must know who the student is
-- before we send anything.
--
-- rule:     SSID-MISSING
-- severity: fatal
-- since:    always
-- fix:      look up the student in CALPADS, or request a new SSID there; enter it in the SIS, then
--           export and run again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    classified_record
-- stored:   no

create or replace view recon.ssid_missing_on_another_record as

with

records_without_ssid as (

    select distinct
        local_student_id,
        student_lea

    from recon.classified_record

    where outcome = 'SSID-MISSING'

)

select
    classified_record.ods_line,
    classified_record.sis_line,
    'local_student_id' as field

from recon.classified_record
inner join records_without_ssid
    on
        classified_record.local_student_id = records_without_ssid.local_student_id
        -- a record whose LEA cannot be read may belong to any LEA
        and records_without_ssid.student_lea in (classified_record.student_lea, '')

where
    classified_record.ssid is not null
    and classified_record.class in ('remove', 'no_show', 'exit', 'update', 'add');
