-- run_total: the three totals by which one run is compared with another.
--
-- `students_held` are on hold. `findings_open` is what someone must look at: students, once for
-- each rule.
--
-- grain:    one row
-- key:      records_sent
-- reads:    planned_record, held_student, open_finding
-- stored:   no

create or replace view recon.run_total as

with

parts as (

    select
        count(*) as records_sent,
        0 as students_held,
        0 as findings_open
    from recon.planned_record

    union all

    select
        0 as records_sent,
        count(*) as students_held,
        0 as findings_open
    from recon.held_student

    union all

    select
        0 as records_sent,
        0 as students_held,
        count(*) as findings_open
    from recon.open_finding

)

select
    cast(sum(records_sent) as bigint) as records_sent,
    cast(sum(students_held) as bigint) as students_held,
    cast(sum(findings_open) as bigint) as findings_open

from parts;
