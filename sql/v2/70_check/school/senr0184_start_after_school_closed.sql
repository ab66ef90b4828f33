-- senr0184_start_after_school_closed: records to be sent that start after the school closed.
--
-- rule:     SENR0184
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, proposed_school
-- stored:   no

create or replace view recon.senr0184_start_after_school_closed as

select
    'SENR0184' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'enrollment_start_date' as field,
    strftime(proposed.enrollment_start_date, '%Y%m%d') as value

from recon.proposed_record as proposed
inner join recon.proposed_school on proposed.action_id = proposed_school.action_id

where
    proposed.class <> 'remove'
    and proposed.enrollment_start_date > proposed_school.close_date;
