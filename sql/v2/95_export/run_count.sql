-- run_count: the counts that the ledger keeps of every run, by class, school, reason, rule and
-- field.
--
-- `class` is a class, or the severity of a rule. `name` is the side of a class, the code of a
-- school, a reason, a rule, or the column of a field that changes; a school that is on no list has
-- no name here. `lines` counts lines, records or findings.
--
-- grain:    one row per kind, class and name
-- key:      kind, class, name
-- reads:    accounting, planned_record, held_student, known_school, field_difference, rule_count,
--           reason_count, ods_to_compare, sis_to_compare
-- stored:   no

create or replace view recon.run_count as

with

students_at_schools as (

    select
        class,
        student_key,
        school_of_attendance,
        1 as records
    from recon.planned_record

    union all

    select
        'held' as class,
        held.student_key,
        ods.school_of_attendance,
        0 as records
    from recon.held_student as held
    inner join recon.ods_to_compare as ods on held.student_key = ods.student_key

    union all

    select
        'held' as class,
        held.student_key,
        sis.school_of_attendance,
        0 as records
    from recon.held_student as held
    inner join recon.sis_to_compare as sis on held.student_key = sis.student_key

)

select
    'class' as kind,
    class,
    side as name,
    lines,
    cast(null as bigint) as students
from recon.accounting

union all

select
    'school' as kind,
    found.class,
    coalesce(known_school.school_of_attendance, '') as name,
    cast(sum(found.records) as bigint) as lines,
    count(distinct found.student_key) as students
from students_at_schools as found
left join recon.known_school on found.school_of_attendance = known_school.school_of_attendance
group by
    found.class,
    coalesce(known_school.school_of_attendance, '')

union all

select
    'reason' as kind,
    class,
    reason as name,
    records as lines,
    students
from recon.reason_count

union all

select
    'rule' as kind,
    severity as class,
    rule as name,
    findings as lines,
    students
from recon.rule_count

union all

select
    'field' as kind,
    planned.class,
    difference.column_name as name,
    count(*) as lines,
    count(distinct planned.student_key) as students
from recon.planned_record as planned
inner join recon.field_difference as difference
    on planned.ods_line = difference.ods_line and planned.sis_line = difference.sis_line
group by
    planned.class,
    difference.column_name;
