-- guard_held_share: so many held students that the extracts are in doubt.
--
-- grain:    one row per reason to stop
-- key:      guard, subject
-- reads:    ods_record, sis_record, held_student, run_parameters
-- stored:   no

create or replace view recon.guard_held_share as

with

students as (

    select student_key from recon.ods_record
    where scope_reason is null
    union
    select student_key from recon.sis_record
    where scope_reason is null

),

counts as (

    select
        count(*) as students,
        count(held_student.student_key) as held_students

    from students
    left join recon.held_student on students.student_key = held_student.student_key

),

-- what most of them are held for
commonest_rules as (

    select
        first_rule,
        row_number() over (
            order by
                count(*) desc,
                first_rule
        ) as place

    from recon.held_student

    group by first_rule

)

select
    'held_share' as guard,
    'held students' as subject,
    counts.held_students as found,
    counts.students as out_of,
    commonest_rules.first_rule as detail

from counts
inner join commonest_rules on commonest_rules.place = 1
cross join reference.run_parameters as parameters

where
    counts.held_students > 20
    and counts.held_students > counts.students * parameters.max_held_share;
