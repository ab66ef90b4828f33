-- change_since_last_run: what was solved since the last run, and what is new.
--
-- The last run is the newest other run in the ledger of the same LEAs and schools; without one
-- there are no rows. A finding is solved if the last run has it and this run does not.
--
-- grain:    one row per LEA, student and rule that only one of the two runs has
-- key:      reporting_lea, student, rule
-- reads:    open_finding, earlier_run, last_finding
-- stored:   no

create or replace view recon.change_since_last_run as

with

found_now as (

    select
        found.reporting_lea,
        found.student,
        found.rule,
        found.severity,
        found.local_student_id,
        found.school_of_attendance

    from recon.open_finding as found
    inner join staging.earlier_run on earlier_run.is_last

)

select
    case when found_now.rule is null then 'solved' else 'new' end as change,
    coalesce(found_now.severity, found_before.severity) as severity,
    coalesce(found_now.rule, found_before.rule) as rule,
    coalesce(found_now.reporting_lea, found_before.reporting_lea) as reporting_lea,
    coalesce(found_now.student, found_before.student) as student,
    coalesce(found_now.local_student_id, found_before.local_student_id) as local_student_id,
    coalesce(found_now.school_of_attendance, found_before.school_of_attendance)
        as school_of_attendance

from found_now
full outer join staging.last_finding as found_before
    on
        found_now.reporting_lea = found_before.reporting_lea
        and found_now.student = found_before.student
        and found_now.rule = found_before.rule

where
    found_now.rule is null
    or found_before.rule is null;
