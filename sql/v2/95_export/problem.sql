-- problem: each difference and each hold, with what it may have in common with others.
--
-- A difference is a field that differs in a pair (`subject` is the field), or a record that only
-- one side has (`subject` is the class). A hold is a finding that puts a student on hold (`subject`
-- is the rule). The values are codes; values of other fields are left out, because they may be
-- names. The weeks are their Mondays: of the last change in CALPADS, and of the start.
--
-- grain:    one row per kind, subject, record and field
-- key:      kind, subject, ods_line, sis_line, field
-- reads:    worded_difference, classified_record, finding, layout, record_reason, ods_to_compare,
--           sis_to_compare
-- stored:   no

create or replace view recon.problem as

with

subjects as (

    select
        'difference' as kind,
        column_name as subject,
        ods_line,
        sis_line,
        column_name as field,
        coalesce(ods_value, '') as from_value,
        coalesce(shift, target_value, '') as to_value

    from recon.worded_difference

    union all

    select
        'difference' as kind,
        class as subject,
        ods_line,
        sis_line,
        cast(null as varchar) as field,
        cast(null as varchar) as from_value,
        cast(null as varchar) as to_value

    from recon.classified_record

    where class in ('remove', 'no_show', 'add')

    union all

    select
        'hold' as kind,
        finding.rule as subject,
        finding.ods_line,
        finding.sis_line,
        finding.field,
        cast(null as varchar) as from_value,
        case when layout.role = 'enrollment' and layout.type <> 'DT' then finding.value end
            as to_value

    from recon.finding
    left join reference.layout as layout on finding.field = layout.column_name

    where finding.severity = 'fatal'

),

placed as (

    select
        subjects.kind,
        subjects.subject,
        subjects.ods_line,
        subjects.sis_line,
        subjects.field,
        subjects.from_value,
        subjects.to_value,
        case when subjects.field is null then record_reason.reason end as reason,
        coalesce(sis.school_of_attendance, ods.school_of_attendance) as school_of_attendance,
        coalesce(sis.grade_level_code, ods.grade_level_code) as grade_level_code,
        coalesce(sis.school_year_start, ods.school_year_start) as school_year_start,
        ods.last_change_date as change_date,
        coalesce(sis.enrollment_start_date, ods.enrollment_start_date) as enrollment_start_date

    from subjects
    left join recon.record_reason
        on
            subjects.ods_line is not distinct from record_reason.ods_line
            and subjects.sis_line is not distinct from record_reason.sis_line
    left join recon.ods_to_compare as ods on subjects.ods_line = ods.ods_line
    left join recon.sis_to_compare as sis on subjects.sis_line = sis.sis_line

)

select
    kind,
    subject,
    ods_line,
    sis_line,
    field,
    from_value,
    to_value,
    reason,
    school_of_attendance,
    grade_level_code,
    school_year_start,
    -- 2001-01-01 is a Monday
    change_date - cast(mod(change_date - date '2001-01-01', 7) as integer) as change_week,
    enrollment_start_date
    - cast(mod(enrollment_start_date - date '2001-01-01', 7) as integer) as start_week

from placed;
