-- check_senr0001: records to be sent of another reporting LEA than the one of this run.
--
-- rule:     SENR0001
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, run_parameters
-- stored:   no

create or replace view recon.check_senr0001 as

select
    'SENR0001' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'reporting_lea' as field,
    proposed.reporting_lea as value

from recon.proposed_record as proposed
cross join reference.run_parameters as parameters

where
    proposed.class <> 'remove'
    and proposed.reporting_lea <> parameters.lea;
