-- ivr0668_birth_date_in_future: records to be sent whose birth date is in the future.
--
-- rule:     IVR0668
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, run_parameters
-- stored:   no

create or replace view recon.ivr0668_birth_date_in_future as

select
    'IVR0668' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'student_birth_date' as field,
    strftime(proposed.student_birth_date, '%Y%m%d') as value

from recon.proposed_record as proposed
cross join reference.run_parameters as parameters

where
    proposed.class <> 'remove'
    and proposed.student_birth_date > parameters.as_of;
