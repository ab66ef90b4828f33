-- senr0034_key_twice_in_an_extract: records whose operational key stands twice in their extract.
--
-- rule:     SENR0034, ODS-KEY-TWICE
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    classified_record, repeated_key
-- stored:   no

create or replace view recon.senr0034_key_twice_in_an_extract as

select
    case
        when classified_record.sis_line is not null then 'SENR0034'
        else 'ODS-KEY-TWICE'
    end as rule,
    classified_record.student_key,
    classified_record.ods_line,
    classified_record.sis_line,
    'enrollment_start_date' as field,
    coalesce(
        strftime(classified_record.enrollment_start_date, '%Y%m%d'), repeated_key.start_date
    ) as value

from recon.classified_record
inner join recon.repeated_key
    on
        classified_record.student_key = repeated_key.student_key
        and coalesce(classified_record.school_of_attendance, '') = repeated_key.school_of_attendance
        and coalesce(classified_record.start_date, '') = repeated_key.start_date

where
    (classified_record.sis_line is not null and repeated_key.is_twice_in_sis)
    or (classified_record.sis_line is null and repeated_key.is_twice_in_ods);
