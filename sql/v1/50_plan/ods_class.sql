-- ods_class: what becomes of every line of the ODS extract.
--
-- Out of scope goes before held, held before the rest.
--
-- grain:    one row per line of the ODS extract
-- key:      ods_line
-- reads:    ods_record, record_class, held_student
-- stored:   no

create or replace view recon.ods_class as

select
    ods_record.ods_line,
    ods_record.student_key,
    case
        when ods_record.scope_reason is not null then 'out_of_scope'
        when held_student.student_key is not null then 'held'
        else record_class.class
    end as class,
    coalesce(ods_record.scope_reason, record_class.reason) as reason,
    record_class.sis_line

from recon.ods_record
left join recon.record_class on ods_record.ods_line = record_class.ods_line
left join recon.held_student on ods_record.student_key = held_student.student_key;
