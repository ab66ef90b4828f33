-- run_trend: the totals of the last runs of the same LEAs and schools, at most twelve, this one the
-- last.
--
-- `students_held` are on hold. `findings_open` is what someone must look at: students, once for
-- each rule. This run has no `run_id` here.
--
-- grain:    one row per run
-- key:      position
-- reads:    earlier_run, run_total, run_parameters
-- stored:   no

create or replace view recon.run_trend as

select
    position,
    run_id,
    as_of,
    records_sent,
    students_held,
    findings_open

from staging.earlier_run

union all

select
    12 as position,
    cast(null as varchar) as run_id,
    parameters.as_of,
    total.records_sent,
    total.students_held,
    total.findings_open

from recon.run_total as total
cross join reference.run_parameters as parameters;
