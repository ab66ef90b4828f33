-- senr0002_school_not_in_lea: records to be sent of a school that the school list does not have in
-- this LEA.
--
-- School 0000001 stands for all nonpublic schools, and is on no list.
--
-- rule:     SENR0002
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, proposed_school, run_parameters
-- stored:   no

create or replace view recon.senr0002_school_not_in_lea as

select
    'SENR0002' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'school_of_attendance' as field,
    proposed.school_of_attendance as value

from recon.proposed_record as proposed
cross join reference.run_parameters as parameters
left join recon.proposed_school on proposed.action_id = proposed_school.action_id

where
    parameters.has_school_list
    and proposed.class <> 'remove'
    and proposed.school_of_attendance <> '0000001'
    and proposed_school.action_id is null;
