-- exit_grade_reason_not_for_grade: records to be sent with an exit reason that is not for their
-- grade.
--
-- A reason without grades in the catalog is for every grade. E450-GRADE finds E450.
--
-- rule:     EXIT-GRADE
-- severity: fatal
-- since:    always
-- fix:      in the SIS, choose the true exit reason, or correct the grade, then export and run
--           again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, code_grade, run_parameters
-- stored:   no

create or replace view recon.exit_grade_reason_not_for_grade as

with

reason_grades as (

    select
        code_grade.code,
        code_grade.grade_level_code

    from reference.code_grade
    cross join reference.run_parameters as parameters

    where
        code_grade.code_set = 'exit_reason'
        and code_grade.code <> 'E450'
        and (code_grade.since is null or code_grade.since <= parameters.as_of)

),

limited_reasons as (

    select distinct code
    from reason_grades

)

select
    record_to_check.action_id,
    'student_exit_reason_code' as field

from recon.record_to_check
inner join limited_reasons
    on record_to_check.student_exit_reason_code = limited_reasons.code
left join reason_grades
    on
        record_to_check.student_exit_reason_code = reason_grades.code
        and record_to_check.grade_level_code = reason_grades.grade_level_code

where
    record_to_check.grade_level_code is not null
    and reason_grades.code is null;
