-- senr0269_grade_not_offered_by_school: records to be sent with a grade that the school does not
-- offer.
--
-- Students with a disability are exempt.
--
-- rule:     SENR0269
-- severity: fatal
-- since:    2025-08-26 (warning before)
-- fix:      check the grade and the school of the enrollment in the SIS; if the student has a
--           disability, export the column student_with_disability with Y, which exempts the
--           student; if the school does offer the grade, have its grade span corrected in the
--           state's directory and update the school list; then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, proposed_record, proposed_school, grade_level, target_enrollment
-- stored:   no

create or replace view recon.senr0269_grade_not_offered_by_school as

with

students_with_a_disability as (

    select student_key from recon.target_enrollment
    where
        student_with_disability = 'Y'
        or adult_age_students_with_disabilities_in_transition_status = 'Y'
    union
    select student_key from recon.proposed_record
    where adult_age_students_with_disabilities_in_transition_status = 'Y'

)

select
    record_to_check.action_id,
    'grade_level_code' as field

from recon.record_to_check
inner join recon.proposed_school on record_to_check.action_id = proposed_school.action_id
inner join reference.grade_level as grade on record_to_check.grade_level_code = grade.code
left join reference.grade_level as low_grade on proposed_school.low_grade = low_grade.code
left join reference.grade_level as high_grade on proposed_school.high_grade = high_grade.code
left join students_with_a_disability
    on record_to_check.student_key = students_with_a_disability.student_key

where
    students_with_a_disability.student_key is null
    and (
        grade.grade_order < low_grade.grade_order
        or grade.grade_order > high_grade.grade_order
    );
