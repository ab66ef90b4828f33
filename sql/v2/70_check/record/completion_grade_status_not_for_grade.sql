-- completion_grade_status_not_for_grade: records to be sent with a completion status that is not
-- for their grade.
--
-- A status without grades in the catalog is for every grade.
--
-- rule:     COMPLETION-GRADE
-- severity: fatal
-- since:    always
-- fix:      in the SIS, choose the true completion status, or correct the grade, then export and
--           run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, code_grade, run_parameters
-- stored:   no

create or replace view recon.completion_grade_status_not_for_grade as

with

status_grades as (

    select
        code_grade.code,
        code_grade.grade_level_code

    from reference.code_grade
    cross join reference.run_parameters as parameters

    where
        code_grade.code_set = 'completion_status'
        and (code_grade.since is null or code_grade.since <= parameters.as_of)

),

limited_statuses as (

    select distinct code
    from status_grades

)

select
    record_to_check.action_id,
    'student_school_completion_status_code' as field

from recon.record_to_check
inner join limited_statuses
    on record_to_check.student_school_completion_status_code = limited_statuses.code
left join status_grades
    on
        record_to_check.student_school_completion_status_code = status_grades.code
        and record_to_check.grade_level_code = status_grades.grade_level_code

where
    record_to_check.grade_level_code is not null
    and status_grades.code is null;
