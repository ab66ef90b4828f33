-- lone_program: the class of each line of SPRG that has no line with its key on the other side.
--
-- grain:    one row per line without a pair
-- key:      ods_line, sis_line
-- reads:    pair, moved_pair, program_line, program_fit, sis_first_year, open_program,
--   compare_parameters
-- stored:   no

create or replace view compare.lone_program as

with

ods_alone as (

    select
        pair.ods_line,
        pair.sis_line,
        case
            when moved_pair.is_moved_to_year then 'start_changed START-MOVED-TO-YEAR'
            when moved_pair.ods_line is not null then 'start_changed START-CHANGED'
            when line.end_date < sis_first_year.first_day then 'not_in_sis OUTSIDE-SIS-YEARS'
            when parameters.has_enrollments and not fit.is_at_school
                then 'not_in_sis FORMER-SCHOOL'
            else 'not_in_sis NOT-IN-SIS'
        end as class_and_reason

    from compare.pair
    cross join reference.compare_parameters as parameters
    cross join compare.sis_first_year as sis_first_year
    inner join compare.program_line as line
        on
            pair.ods_line = line.source_line
            and line.side = 'ods'
    inner join compare.program_fit as fit
        on
            line.side = fit.side
            and line.source_line = fit.source_line
    left join compare.moved_pair as moved_pair on pair.ods_line = moved_pair.ods_line

    where pair.sis_line is null

),

sis_alone as (

    select
        pair.ods_line,
        pair.sis_line,
        case
            when not line.is_program_valid then 'not_sendable PROGRAM-NOT-VALID'
            when line.end_date < line.start_date then 'not_sendable END-BEFORE-START'
            when moved_pair.is_moved_to_year then 'start_changed START-MOVED-TO-YEAR'
            when moved_pair.sis_line is not null then 'start_changed START-CHANGED'
            when parameters.has_enrollments and not fit.is_fitting
                then 'not_sendable OUTSIDE-ENROLLMENT'
            when line.end_date_text is null and open_program.ssid is not null
                then 'waits OPEN-RECORD-FIRST'
            when not parameters.has_enrollments then 'add ADD-UNCHECKED'
            else 'add ADD'
        end as class_and_reason

    from compare.pair
    cross join reference.compare_parameters as parameters
    inner join compare.program_line as line
        on
            pair.sis_line = line.source_line
            and line.side = 'sis'
    inner join compare.program_fit as fit
        on
            line.side = fit.side
            and line.source_line = fit.source_line
    left join compare.moved_pair as moved_pair on pair.sis_line = moved_pair.sis_line
    left join compare.open_program as open_program
        on
            line.ssid = open_program.ssid
            and line.school_of_attendance = open_program.school_of_attendance
            and line.program = open_program.program
            and line.service = open_program.service

    where pair.ods_line is null

)

select * from ods_alone
union all
select * from sis_alone;
