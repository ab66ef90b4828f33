-- guard_held_share: a share of students on hold that is so high that the extracts may be wrong.
--
-- Students who only lack an SSID do not count: there are many in the first days of school.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    ods_to_compare, sis_to_compare, agreeing_student, held_student, run_parameters
-- stored:   no

create or replace view recon.guard_held_share as

with

students as (

    select
        student_key,
        student_lea
    from recon.ods_to_compare
    where scope_reason is null
    union
    select
        student_key,
        student_lea
    from recon.sis_to_compare
    -- a student with a pair is already among those above
    where
        scope_reason is null
        and ods_line is null

    union all

    select
        student_key,
        student_lea

    from recon.agreeing_student

),

counts as (

    select
        students.student_lea,
        count(*) as students,
        count(held_student.student_key) as held_students

    from students
    left join recon.held_student
        on
            students.student_key = held_student.student_key
            and not held_student.only_lacks_ssid

    group by students.student_lea

),

-- the rule that puts the most students on hold
commonest_rules as (

    select
        students.student_lea,
        held_student.first_rule,
        row_number() over (
            partition by students.student_lea
            order by
                count(*) desc,
                held_student.first_rule asc
        ) as place

    from students
    inner join recon.held_student on students.student_key = held_student.student_key

    where not held_student.only_lacks_ssid

    group by
        students.student_lea,
        held_student.first_rule

)

select
    'held_share' as guard,
    case when counts.student_lea <> '' then counts.student_lea end as reporting_lea,
    'held students' as subject,
    counts.held_students as found,
    counts.students as out_of,
    commonest_rules.first_rule as detail

from counts
inner join commonest_rules
    on
        counts.student_lea = commonest_rules.student_lea
        and commonest_rules.place = 1
cross join reference.run_parameters as parameters

where
    counts.held_students > 20
    and counts.held_students > counts.students * parameters.max_held_share;
