-- held_by_another: students on hold for a record that may be theirs and has no readable LEA.
--
-- In a run of several LEAs, no finding is on a record of their own. The line is that of their first
-- record.
--
-- grain:    one row per such student
-- key:      student_key
-- reads:    held_student, ods_to_compare, sis_to_compare
-- stored:   no

create or replace view recon.held_by_another as

with

own_lines as (

    select
        student_key,
        ods_line,
        cast(null as bigint) as sis_line

    from recon.ods_to_compare

    union all

    select
        student_key,
        cast(null as bigint) as ods_line,
        sis_line

    from recon.sis_to_compare

)

select
    held_student.student_key,
    held_student.first_rule as rule,
    min(own_lines.ods_line) as ods_line,
    case when min(own_lines.ods_line) is null then min(own_lines.sis_line) end as sis_line

from recon.held_student
inner join own_lines on held_student.student_key = own_lines.student_key

where held_student.fatal_findings = 0

group by
    held_student.student_key,
    held_student.first_rule;
