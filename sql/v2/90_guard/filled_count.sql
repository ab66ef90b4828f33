-- filled_count: how many records of each extract have a value in each compared field.
--
-- The ODS extract counts with its records in scope, the SIS extract with all lines. In the ODS, an
-- exit with a year-end code does not count, because many systems never store those. In the SIS, an
-- exit date that cannot be read does count. The fields that go with an exit are left out: if the
-- SIS has no exit, they come from CALPADS with the exit.
--
-- grain:    one row per extract, LEA of a run of several and compared field
-- key:      side, student_lea, column_name
-- reads:    ods_record, sis_scoped, layout, code
-- stored:   yes

create or replace view recon.filled_count as

with

records as (

    select
        'ods' as side,
        student_lea,
        school_of_attendance_nps,
        enrollment_status_code,
        grade_level_code,
        enrollment_exit_date is not null as has_exit_date,
        student_exit_reason_code,
        coalesce(
            student_exit_reason_code in (
                select code.code from reference.code
                where code.code_set = 'exit_reason' and code.is_year_end
            ), false
        ) as is_year_end_exit,
        student_school_transfer_code,
        district_of_geographic_residence_code,
        adult_age_students_with_disabilities_in_transition_status

    from recon.ods_record

    where scope_reason is null

    union all

    select
        'sis' as side,
        student_lea,
        school_of_attendance_nps,
        enrollment_status_code,
        grade_level_code,
        enrollment_exit_date is not null
        or enrollment_exit_date_unreadable is not null as has_exit_date,
        student_exit_reason_code,
        false as is_year_end_exit,
        student_school_transfer_code,
        district_of_geographic_residence_code,
        adult_age_students_with_disabilities_in_transition_status

    from recon.sis_scoped

),

counts as (

    select
        side,
        student_lea,
        count(*) as records,
        count(school_of_attendance_nps) as school_of_attendance_nps,
        count(enrollment_status_code) as enrollment_status_code,
        count(grade_level_code) as grade_level_code,
        count(case when has_exit_date and not is_year_end_exit then 1 end) as enrollment_exit_date,
        count(case when not is_year_end_exit then student_exit_reason_code end)
            as student_exit_reason_code,
        count(student_school_transfer_code) as student_school_transfer_code,
        count(district_of_geographic_residence_code) as district_of_geographic_residence_code,
        count(adult_age_students_with_disabilities_in_transition_status)
            as adult_age_students_with_disabilities_in_transition_status

    from records

    group by
        side,
        student_lea

),

field_counts as (

    select
        counts.side,
        counts.student_lea,
        layout.column_name,
        counts.records,
        case layout.column_name
            when 'school_of_attendance_nps' then counts.school_of_attendance_nps
            when 'enrollment_status_code' then counts.enrollment_status_code
            when 'grade_level_code' then counts.grade_level_code
            when 'enrollment_exit_date' then counts.enrollment_exit_date
            when 'student_exit_reason_code' then counts.student_exit_reason_code
            when 'student_school_transfer_code' then counts.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then counts.district_of_geographic_residence_code
            when 'adult_age_students_with_disabilities_in_transition_status'
                then counts.adult_age_students_with_disabilities_in_transition_status
        end as filled

    from counts
    inner join reference.layout as layout on layout.role = 'enrollment'

)

select
    side,
    student_lea,
    column_name,
    records,
    filled

from field_counts

where filled is not null;
