-- other_side_record: each record that the other side has for a student who has a record on one side
-- only.
--
-- `relation` says how the two records are related. It is the first of these that is true: they
-- overlap, the run leaves the other one out, one may be the other under a changed key, they are in
-- different school years, they are at the same school, or they have only the school year in common.
--
-- grain:    one row per record that only one side has, and record of the student on the other side
-- key:      side, source_line, other_line
-- reads:    record_span
-- stored:   no

create or replace view recon.other_side_record as

with

lone_records as (

    select
        side,
        source_line,
        student_key,
        school_of_attendance,
        enrollment_start_date,
        school_year_start,
        coalesce(enrollment_exit_date, date '9999-12-31') as span_end,
        outcome,
        case side when 'CALPADS' then 'SIS' else 'CALPADS' end as other_side

    from recon.record_span

    where outcome not in ('AGREES', 'EXIT-DIFFERS', 'OTHER-DIFFERENCE')

)

select
    lone.side,
    lone.source_line,
    other.source_line as other_line,
    other.span as other_span,
    other.outcome as other_outcome,
    coalesce(other.scope_reason, other.outcome) as other_reason,
    case
        when
            lone.outcome = 'SCOPE-EDGE'
            and coalesce(other.scope_reason, other.outcome) in (
                'OTHER-LEA', 'DO-NOT-REPORT', 'OTHER-SCHOOL', 'BEFORE-WINDOW', 'FUTURE-START',
                'PRIOR-YEAR-SIS-ONLY'
            )
            and lone.enrollment_start_date
            < coalesce(other.enrollment_exit_date, date '9999-12-31')
            and other.enrollment_start_date < lone.span_end then 'overlap'
        when
            other.scope_reason is not null
            or other.outcome in ('FUTURE-START', 'PRIOR-YEAR-SIS-ONLY') then 'left out'
        when
            other.outcome in ('REMOVE', 'NO-SHOW', 'SIS-ALONE')
            and lone.school_of_attendance = other.school_of_attendance
            and lone.school_year_start = other.school_year_start then 'start changed'
        when
            other.outcome in ('REMOVE', 'NO-SHOW', 'SIS-ALONE')
            and lone.enrollment_start_date = other.enrollment_start_date then 'school changed'
        when (lone.school_year_start is distinct from other.school_year_start) then 'year'
        when lone.school_of_attendance = other.school_of_attendance then 'start'
        else 'school'
    end as relation,
    abs(lone.enrollment_start_date - other.enrollment_start_date) as days_apart

from lone_records as lone
inner join recon.record_span as other
    on
        lone.student_key = other.student_key
        and lone.other_side = other.side
        and other.scope_reason is distinct from 'SIS-DELETION';
