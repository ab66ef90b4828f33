-- senr0002_school_not_in_lea: records to be sent whose school is not on the school list in this
-- LEA.
--
-- School 0000001 means all nonpublic schools, and 0000002 all private schools; neither is on any
-- list.
--
-- rule:     SENR0002
-- severity: fatal
-- since:    always
-- fix:      correct the school of the enrollment in the SIS, or update the school list, then run
--           again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, proposed_school, run_parameters
-- stored:   no

create or replace view recon.senr0002_school_not_in_lea as

select
    record_to_check.action_id,
    'school_of_attendance' as field

from recon.record_to_check
cross join reference.run_parameters as parameters
left join recon.proposed_school on record_to_check.action_id = proposed_school.action_id

where
    parameters.has_school_list
    and record_to_check.school_of_attendance not in ('0000001', '0000002')
    and proposed_school.action_id is null;
