-- ivr0668_birth_date_in_future: records to be sent whose birth date is in the future.
--
-- rule:     IVR0668
-- severity: fatal
-- since:    2024-10-01
-- fix:      correct the birth date in the SIS; if it is wrong in CALPADS too, correct it there with
--           a SINF file; then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, run_parameters
-- stored:   no

create or replace view recon.ivr0668_birth_date_in_future as

select
    record_to_check.action_id,
    'student_birth_date' as field

from recon.record_to_check
cross join reference.run_parameters as parameters

where record_to_check.student_birth_date > parameters.as_of;
