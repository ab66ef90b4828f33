-- moved_pair: two lines without a pair that are of the same program with another start date.
--
-- There must be one such line on each side. A SIS that moves the start of an older record into the
-- school year, to the start of the enrollment, has not changed the record.
--
-- grain:    one row per such pair of lines
-- key:      ods_line, sis_line
-- reads:    pair, program_line, program_fit, compare_parameters
-- stored:   yes

create or replace view compare.moved_pair as

with

lone_lines as (

    select
        'ods' as side,
        ods_line as source_line
    from compare.pair
    where sis_line is null
    union all
    select
        'sis' as side,
        sis_line as source_line
    from compare.pair
    where ods_line is null

),

counted_lines as (

    select
        line.side,
        line.source_line,
        line.ssid,
        line.school_of_attendance,
        line.program,
        line.service,
        line.start_date,
        line.end_date,
        count(*) over (
            partition by
                line.side, line.ssid, line.school_of_attendance, line.program, line.service
        ) as alike_lines

    from lone_lines
    inner join compare.program_line as line
        on
            lone_lines.side = line.side
            and lone_lines.source_line = line.source_line

)

select
    ods.source_line as ods_line,
    sis.source_line as sis_line,
    ods.start_date < parameters.school_year_start
    and sis.start_date >= parameters.school_year_start
    and coalesce(ods.end_date >= sis.start_date, true)
    and sis_fit.is_at_first_day as is_moved_to_year

from counted_lines as ods
inner join counted_lines as sis
    on
        ods.ssid = sis.ssid
        and ods.school_of_attendance = sis.school_of_attendance
        and ods.program = sis.program
        and ods.service = sis.service
inner join compare.program_fit as sis_fit
    on
        sis.side = sis_fit.side
        and sis.source_line = sis_fit.source_line
cross join reference.compare_parameters as parameters

where
    ods.side = 'ods'
    and sis.side = 'sis'
    and ods.alike_lines = 1
    and sis.alike_lines = 1;
