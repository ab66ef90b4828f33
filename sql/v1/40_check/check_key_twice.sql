-- check_key_twice: records whose operational key stands twice in their extract.
--
-- rule:     SENR0034, ODS-KEY-TWICE
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    record_class, repeated_key
-- stored:   no

create or replace view recon.check_key_twice as

select
    case
        when record_class.sis_line is not null then 'SENR0034'
        else 'ODS-KEY-TWICE'
    end as rule,
    record_class.student_key,
    record_class.ods_line,
    record_class.sis_line,
    'enrollment_start_date' as field,
    repeated_key.enrollment_start_date_text as value

from recon.record_class
inner join recon.repeated_key
    on
        record_class.ssid = repeated_key.ssid
        and coalesce(record_class.school_of_attendance, '') = repeated_key.school_of_attendance
        and coalesce(record_class.enrollment_start_date_text, '')
        = repeated_key.enrollment_start_date_text

where
    record_class.reason = 'KEY-TWICE'
    and (
        (record_class.sis_line is not null and repeated_key.is_twice_in_sis = 'Y')
        or (record_class.sis_line is null and repeated_key.is_twice_in_ods = 'Y')
    );
