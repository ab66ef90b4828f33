-- school_absent_from_sis: records that would be removed or become no-shows, at a school that the
-- SIS extract does not have in that school year.
--
-- Another system may keep the school's enrollments. A student with an enrollment to add in that
-- school year has moved, so that record is not found.
--
-- rule:     SCHOOL-ABSENT
-- severity: fatal
-- since:    always
-- fix:      if another system keeps this school, add its enrollments to the SIS extract, or leave
--           the school out with do_not_report in senr.toml; if the enrollments are wrong, delete
--           them by hand in CALPADS; then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    proposed_record, sis_to_compare, agreeing_record
-- stored:   no

create or replace view recon.school_absent_from_sis as

with

records_to_take_away as (

    select
        action_id,
        student_key,
        reporting_lea,
        school_of_attendance,
        school_year_start

    from recon.proposed_record

    -- a no-show takes no enrollment away
    where
        class = 'no_show'
        or (class = 'remove' and student_exit_reason_code is distinct from 'N470')

),

schools_in_sis as (

    select
        reporting_lea,
        school_of_attendance,
        school_year_start

    from recon.sis_to_compare

    union

    select
        reporting_lea,
        school_of_attendance,
        school_year_start

    from recon.agreeing_record

),

students_with_an_add as (

    select distinct
        student_key,
        school_year_start

    from recon.proposed_record

    where class = 'add'

)

select
    taken.action_id,
    'school_of_attendance' as field

from records_to_take_away as taken
left join schools_in_sis
    on
        taken.reporting_lea = schools_in_sis.reporting_lea
        and taken.school_of_attendance = schools_in_sis.school_of_attendance
        and taken.school_year_start = schools_in_sis.school_year_start
left join students_with_an_add
    on
        taken.student_key = students_with_an_add.student_key
        and taken.school_year_start = students_with_an_add.school_year_start

where
    schools_in_sis.reporting_lea is null
    and students_with_an_add.student_key is null;
