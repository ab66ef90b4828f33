-- nearest_record: what the other side has of the student instead of a record that stands alone.
--
-- The nearest by key: another start date at the school or another school from the same day, if that
-- record stands alone too (a changed key); else the same school, year, or any record in scope.
--
-- grain:    one row per record of record_span that stands alone on its side
-- key:      side, source_line
-- reads:    record_span, run_parameters
-- stored:   yes

create or replace view recon.nearest_record as

with

lone_records as (

    select
        side,
        source_line,
        student_key,
        ssid,
        school_of_attendance,
        enrollment_start_date,
        school_year_start,
        coalesce(enrollment_exit_date, date '9999-12-31') as span_end,
        outcome,
        case side when 'CALPADS' then 'SIS' else 'CALPADS' end as other_side

    from recon.record_span

    where outcome not in ('AGREES', 'EXIT-DIFFERS', 'OTHER-DIFFERENCE')

),

others as (

    select
        lone.side,
        lone.source_line,
        other.source_line as other_line,
        other.span,
        other.outcome,
        other.scope_reason,
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
        on lone.student_key = other.student_key and lone.other_side = other.side

),

ranked_others as (

    select
        side,
        source_line,
        span,
        outcome,
        scope_reason,
        relation,
        row_number() over (
            partition by side, source_line
            order by
                case relation
                    when 'overlap' then 1
                    when 'start changed' then 2
                    when 'school changed' then 3
                    when 'start' then 4
                    when 'school' then 5
                    when 'year' then 6
                    else 7
                end,
                days_apart,
                span,
                other_line
        ) as place

    from others

),

-- in a run of several LEAs another one may have the student
in_words as (

    select case when has_several_leas then ' in this LEA' else '' end as of_lea
    from reference.run_parameters

)

select
    lone.side,
    lone.source_line,
    coalesce(nearest.relation, 'none') as relation,
    nearest.outcome as other_outcome,
    coalesce(nearest.scope_reason, nearest.outcome) as other_reason,
    case
        when lone.ssid is null then 'without an SSID it cannot be compared with CALPADS'
        when nearest.relation is null and lone.side = 'CALPADS'
            then 'the SIS extract has no enrollment of the student' || in_words.of_lea
        when nearest.relation is null
            then 'the ODS extract has no enrollment of the student' || in_words.of_lea
        else
            case lone.side when 'CALPADS' then 'the SIS ' else 'CALPADS ' end
            || case nearest.relation
                when 'start changed' then 'has the student instead '
                when 'school changed' then 'has the student instead '
                when 'overlap' then 'has the student '
                when 'left out' then 'has the student only in what this run leaves out, as '
                when 'year' then 'has none of that school year, and the nearest is '
                else 'has the student in that school year '
            end
            || nearest.span
            || case
                when nearest.outcome in ('AGREES', 'EXIT-DIFFERS', 'OTHER-DIFFERENCE')
                    then
                        case lone.side
                            when 'CALPADS' then ' (CALPADS too)'
                            else ' (the SIS too)'
                        end
                else ''
            end
    end as other_side

from lone_records as lone
cross join in_words
left join ranked_others as nearest
    on
        lone.side = nearest.side
        and lone.source_line = nearest.source_line
        and nearest.place = 1;
