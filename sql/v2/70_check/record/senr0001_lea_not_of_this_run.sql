-- senr0001_lea_not_of_this_run: records to be sent of another reporting LEA than those of this run.
--
-- rule:     SENR0001
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, run_lea
-- stored:   no

create or replace view recon.senr0001_lea_not_of_this_run as

select
    'SENR0001' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'reporting_lea' as field,
    proposed.reporting_lea as value

from recon.proposed_record as proposed
left join reference.run_lea as run_lea on proposed.reporting_lea = run_lea.reporting_lea

where
    proposed.class <> 'remove'
    and proposed.reporting_lea is not null
    and run_lea.reporting_lea is null;
