-- school_count: how many records of each class are sent for each school, and how many students of
-- the school have a record on hold.
--
-- grain:    one row per LEA, school and class; the class `held` counts students
-- key:      reporting_lea, school_of_attendance, class
-- reads:    planned_record, ods_class, ods_to_compare, sis_class, sis_to_compare, run_parameters
-- stored:   no

create or replace view recon.school_count as

with

held_records as (

    select
        ods.student_lea,
        ods.school_of_attendance,
        ods.student_key

    from recon.ods_class as class
    inner join recon.ods_to_compare as ods on class.ods_line = ods.ods_line

    where class.class = 'held'

    union all

    select
        sis.student_lea,
        sis.school_of_attendance,
        sis.student_key

    from recon.sis_class as class
    inner join recon.sis_to_compare as sis on class.sis_line = sis.sis_line

    where class.class = 'held'

)

select
    reporting_lea,
    school_of_attendance,
    class,
    count(*) as records

from recon.planned_record

group by
    reporting_lea,
    school_of_attendance,
    class

union all

select
    coalesce(nullif(held.student_lea, ''), parameters.lea) as reporting_lea,
    held.school_of_attendance,
    'held' as class,
    count(distinct held.student_key) as records

from held_records as held
cross join reference.run_parameters as parameters

group by
    coalesce(nullif(held.student_lea, ''), parameters.lea),
    held.school_of_attendance;
