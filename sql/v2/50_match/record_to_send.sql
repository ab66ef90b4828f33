-- record_to_send: the rows of the comparison that would be sent if no student were on hold.
--
-- grain:    one row per record that would be sent
-- key:      ods_line, sis_line
-- reads:    classified_record
-- stored:   no

create or replace view recon.record_to_send as

select
    ods_line,
    sis_line,
    student_key,
    class

from recon.classified_record

where class in ('exit', 'update', 'add', 'remove', 'no_show');
