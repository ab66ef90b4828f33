-- reported_student: all students whom the report may show: something is sent or listed for them, or
-- they are on hold.
--
-- grain:    one row per student
-- key:      student_key
-- reads:    planned_record, held_student, finding
-- stored:   no

create or replace view recon.reported_student as

with

mentions as (

    select
        student_key,
        true as is_sent,
        false as is_held,
        false as is_listed
    from recon.planned_record
    union all
    select
        student_key,
        false as is_sent,
        true as is_held,
        false as is_listed
    from recon.held_student
    union all
    select
        student_key,
        false as is_sent,
        false as is_held,
        true as is_listed
    from recon.finding

)

select
    student_key,
    bool_or(is_sent) as is_sent,
    bool_or(is_held) as is_held,
    bool_or(is_listed) as is_listed

from mentions

where student_key is not null

group by student_key;
