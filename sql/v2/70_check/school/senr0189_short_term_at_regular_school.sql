-- senr0189_short_term_at_regular_school: short-term enrollments to be sent at a school that is not
-- an educational option.
--
-- The educational options are juvenile court, county community, community day, continuation and
-- opportunity schools, and home and hospital instruction. A school without a type is not checked.
--
-- rule:     SENR0189
-- severity: warning
-- since:    always
-- fix:      in the SIS, check the enrollment status: only juvenile court, county community,
--           community day, continuation and opportunity schools, and home and hospital instruction
--           have short-term enrollments; then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, proposed_school
-- stored:   no

create or replace view recon.senr0189_short_term_at_regular_school as

select
    record_to_check.action_id,
    'enrollment_status_code' as field

from recon.record_to_check
inner join recon.proposed_school on record_to_check.action_id = proposed_school.action_id

where
    record_to_check.enrollment_status_code = '30'
    and not (
        lower(proposed_school.school_type) like '%juvenile court%'
        or lower(proposed_school.school_type) like '%county community%'
        or lower(proposed_school.school_type) like '%community day%'
        or lower(proposed_school.school_type) like '%continuation%'
        or lower(proposed_school.school_type) like '%opportunity%'
        or lower(proposed_school.school_type) like '%home and hospital%'
    );
