-- check_ssid_missing_student: other records of a student of whom one SIS record lacks the SSID.
--
-- The local student ID tells that they are one student: who it is must be clear before anything of
-- that student is sent.
--
-- rule:     SSID-MISSING
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    record_class
-- stored:   no

create or replace view recon.check_ssid_missing_student as

with

records_without_ssid as (

    select distinct local_student_id

    from recon.record_class

    where reason = 'SSID-MISSING'

)

select
    'SSID-MISSING' as rule,
    record_class.student_key,
    record_class.ods_line,
    record_class.sis_line,
    'local_student_id' as field,
    record_class.local_student_id as value

from recon.record_class
inner join records_without_ssid
    on record_class.local_student_id = records_without_ssid.local_student_id

where
    record_class.ssid is not null
    and record_class.class in ('remove', 'no_show', 'exit', 'update', 'add');
