-- guard_blank_field: a compared field that has values in CALPADS and is blank in the whole SIS
-- extract.
--
-- A column that the SIS extract does not have is no reason to stop, because the field keeps its
-- value from the ODS extract. The fields that go with an exit do not count: if the SIS has no exit,
-- they come from CALPADS with the exit.
--
-- grain:    one row per reason to stop
-- key:      guard, reporting_lea, subject
-- reads:    filled_count, sis_column_given, layout, run_parameters
-- stored:   no

create or replace view recon.guard_blank_field as

with

sis_columns as (

    select
        layout.column_name,
        -- the fields that go with an exit are left out
        case layout.column_name
            when 'school_of_attendance_nps' then given.school_of_attendance_nps
            when 'enrollment_status_code' then given.enrollment_status_code
            when 'grade_level_code' then given.grade_level_code
            when 'enrollment_exit_date' then given.enrollment_exit_date
            when 'student_exit_reason_code' then given.student_exit_reason_code
            when 'student_school_transfer_code' then given.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then given.district_of_geographic_residence_code
            when 'adult_age_students_with_disabilities_in_transition_status'
                then given.adult_age_students_with_disabilities_in_transition_status
        end as is_given

    from staging.sis_column_given as given
    inner join reference.layout as layout on layout.role = 'enrollment'

)

select
    'blank_field' as guard,
    case when ods.student_lea <> '' then ods.student_lea end as reporting_lea,
    ods.column_name as subject,
    ods.filled as found,
    ods.records as out_of,
    cast(null as varchar) as detail

from recon.filled_count as ods
inner join recon.filled_count as sis
    on
        ods.student_lea = sis.student_lea
        and ods.column_name = sis.column_name
        and sis.side = 'sis'
inner join sis_columns on ods.column_name = sis_columns.column_name
cross join reference.run_parameters as parameters

where
    ods.side = 'ods'
    and sis_columns.is_given
    and sis.filled = 0
    and ods.filled > 20
    and ods.filled > ods.records * parameters.max_update_share;
