-- program_fit: how each line of SPRG fits the student's enrollments at the school.
--
-- Participation must be inside one enrollment, both days included. Eligibility may begin before it,
-- must overlap it, and may not end after its exit. CALPADS closes some programs itself on the exit
-- date, unless the exit reason is one of a few.
--
-- grain:    one row per line of both extracts
-- key:      side, source_line
-- reads:    program_line, enrollment, program_closing, program_staying_open,
--   compare_parameters
-- stored:   yes

create or replace view compare.program_fit as

with

line_enrollments as (

    select
        line.side,
        line.source_line,
        line.membership,
        line.start_date,
        coalesce(line.end_date, line.start_date) as last_known_day,
        line.end_date,
        enrollment.enrollment_start_date as first_day,
        coalesce(enrollment.enrollment_exit_date, date '9999-12-31') as last_day,
        coalesce(enrollment.enrollment_exit_date >= parameters.as_of, true) as is_current,
        closing.program is not null
        and enrollment.student_exit_reason_code is not null
        and staying_open.program is null as is_closing

    from compare.program_line as line
    cross join reference.compare_parameters as parameters
    inner join staging.enrollment as enrollment
        on
            line.ssid = enrollment.ssid
            and line.school_of_attendance = enrollment.school_of_attendance
    left join reference.program_closing as closing
        on
            line.program = closing.program
            and line.end_date <= coalesce(closing.valid_to, date '9999-12-31')
    left join reference.program_staying_open as staying_open
        on
            closing.program = staying_open.program
            and enrollment.student_exit_reason_code = staying_open.exit_reason

),

fits as (

    select
        side,
        source_line,
        bool_or(
            start_date >= first_day
            and last_known_day <= last_day
            and start_date <= last_day
        ) as is_inside,
        bool_or(
            start_date <= last_day
            and coalesce(end_date, last_day) between first_day and last_day
        ) as is_overlapping,
        bool_or(is_closing and end_date = last_day) as is_closed_by_calpads,
        bool_or(is_current) as is_at_school,
        bool_or(start_date = first_day) as is_at_first_day

    from line_enrollments

    group by side, source_line

)

select
    line.side,
    line.source_line,
    coalesce(
        case line.membership
            when 'participation' then fits.is_inside
            else fits.is_overlapping
        end,
        false
    ) as is_fitting,
    coalesce(fits.is_closed_by_calpads, false) as is_closed_by_calpads,
    coalesce(fits.is_at_school, false) as is_at_school,
    coalesce(fits.is_at_first_day, false) as is_at_first_day

from compare.program_line as line
left join fits
    on
        line.side = fits.side
        and line.source_line = fits.source_line;
