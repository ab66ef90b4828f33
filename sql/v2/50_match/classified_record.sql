-- classified_record: every pair that differs and every record on one side only, with its class and
-- its key.
--
-- grain:    one row per row of record_class whose class is not `same`
-- key:      ods_line, sis_line
-- reads:    record_class, ods_to_compare, sis_to_compare
-- stored:   yes

create or replace view recon.classified_record as

select
    record_class.ods_line,
    record_class.sis_line,
    coalesce(sis.student_key, ods.student_key) as student_key,
    record_class.class,
    record_class.outcome,
    coalesce(sis.student_lea, ods.student_lea) as student_lea,
    coalesce(sis.ssid, ods.ssid) as ssid,
    coalesce(sis.school_of_attendance, ods.school_of_attendance) as school_of_attendance,
    coalesce(sis.enrollment_start_date, ods.enrollment_start_date) as enrollment_start_date,
    coalesce(
        cast(sis.enrollment_start_date as varchar),
        sis.enrollment_start_date_unreadable,
        cast(ods.enrollment_start_date as varchar),
        ods.enrollment_start_date_unreadable
    ) as start_date,
    coalesce(sis.local_student_id, ods.local_student_id) as local_student_id

from recon.record_class
left join recon.ods_to_compare as ods on record_class.ods_line = ods.ods_line
left join recon.sis_to_compare as sis on record_class.sis_line = sis.sis_line

where record_class.class <> 'same';
