-- senr0001_lea_not_of_this_run: records to be sent whose reporting LEA is not an LEA of this run.
--
-- rule:     SENR0001
-- severity: fatal
-- since:    always
-- fix:      correct the reporting LEA in the SIS or in its export, or correct lea in senr.toml,
--           then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, run_lea
-- stored:   no

create or replace view recon.senr0001_lea_not_of_this_run as

select
    record_to_check.action_id,
    'reporting_lea' as field

from recon.record_to_check
left join reference.run_lea as run_lea on record_to_check.reporting_lea = run_lea.reporting_lea

where
    record_to_check.reporting_lea is not null
    and run_lea.reporting_lea is null;
