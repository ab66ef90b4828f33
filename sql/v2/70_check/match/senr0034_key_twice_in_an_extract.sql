-- senr0034_key_twice_in_an_extract: records whose operational key occurs twice in their extract.
--
-- rule:     SENR0034, ODS-KEY-TWICE
-- severity: fatal
-- since:    always
-- fix:      SENR0034: delete the duplicate enrollment in the SIS, or correct its start date, then
--           export and run again. ODS-KEY-TWICE: download the ODS extract again and run again; if
--           the key still occurs twice, look at the student's enrollments in CALPADS and ask the
--           CALPADS service desk
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    classified_record, repeated_key, sis_identical_line
-- stored:   no

create or replace view recon.senr0034_key_twice_in_an_extract as

select
    classified_record.ods_line,
    classified_record.sis_line,
    'enrollment_start_date' as field,
    case
        when classified_record.sis_line is not null then 'SENR0034'
        else 'ODS-KEY-TWICE'
    end as rule,
    case when identical.sis_line is not null then 'IDENTICAL-LINES' end as cause

from recon.classified_record
inner join recon.repeated_key
    on
        classified_record.student_key = repeated_key.student_key
        and coalesce(classified_record.school_of_attendance, '') = repeated_key.school_of_attendance
        and coalesce(classified_record.start_date, '') = repeated_key.start_date
left join recon.sis_identical_line as identical
    on classified_record.sis_line = identical.sis_line

where
    (classified_record.sis_line is not null and repeated_key.is_twice_in_sis)
    or (classified_record.sis_line is null and repeated_key.is_twice_in_ods);
