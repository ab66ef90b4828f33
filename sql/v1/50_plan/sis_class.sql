-- sis_class: what becomes of every line of the SIS extract.
--
-- Out of scope goes before not sent, not sent before held, held before the rest.
--
-- grain:    one row per line of the SIS extract
-- key:      sis_line
-- reads:    sis_record, record_class, held_student
-- stored:   no

create or replace view recon.sis_class as

select
    sis_record.sis_line,
    sis_record.student_key,
    case
        when sis_record.scope_reason is not null then 'out_of_scope'
        when record_class.class = 'not_sent' then 'not_sent'
        when held_student.student_key is not null then 'held'
        else record_class.class
    end as class,
    coalesce(sis_record.scope_reason, record_class.reason) as reason,
    record_class.ods_line

from recon.sis_record
left join recon.record_class on sis_record.sis_line = record_class.sis_line
left join recon.held_student on sis_record.student_key = held_student.student_key;
