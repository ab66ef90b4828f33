-- program_line: each line of SPRG that is compared in full, with what the program is, and the year
-- that it was reported in.
--
-- A program whose membership has changed over the years has the one of the start date. Where two
-- apply, it is eligibility, which has the weaker rule on dates. A code that is valid on no day of
-- the record is not valid.
--
-- grain:    one row per line that is compared in full
-- key:      side, source_line
-- reads:    remaining_program, program_membership, code, compare_parameters
-- stored:   yes

create or replace view compare.program_line as

with

lines as (

    select
        side,
        source_line,
        ssid,
        school_of_attendance,
        education_program_code as program,
        coalesce(education_service_code, '') as service,
        education_program_membership_start_date as start_date,
        education_program_membership_end_date as end_date,
        education_program_membership_end_date_text as end_date_text,
        academic_year_id,
        case
            when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
                then make_date(cast(left(academic_year_id, 4) as integer), 7, 1)
            else make_date(
                year(education_program_membership_start_date)
                - case when month(education_program_membership_start_date) < 7 then 1 else 0 end,
                7,
                1
            )
        end as year_start

    from compare.remaining_program

),

memberships as (

    select
        lines.side,
        lines.source_line,
        min(membership.membership) as membership

    from lines
    inner join reference.program_membership as membership
        on
            lines.program = membership.program
            and lines.start_date >= coalesce(membership.valid_from, date '0001-01-01')
            and lines.start_date <= coalesce(membership.valid_to, date '9999-12-31')

    group by lines.side, lines.source_line

),

valid_lines as (

    select distinct
        lines.side,
        lines.source_line

    from lines
    cross join reference.compare_parameters as parameters
    inner join reference.code as program_code
        on
            program_code.code_set = 'education_program'
            and lines.program = program_code.code
            and coalesce(lines.end_date, greatest(parameters.as_of, lines.start_date))
            >= coalesce(program_code.valid_from, date '0001-01-01')
            and lines.start_date <= coalesce(program_code.valid_to, date '9999-12-31')

)

select
    lines.side,
    lines.source_line,
    lines.ssid,
    lines.school_of_attendance,
    lines.program,
    lines.service,
    coalesce(memberships.membership, 'eligibility') as membership,
    lines.start_date,
    lines.end_date,
    lines.end_date_text,
    lines.academic_year_id,
    lines.year_start,
    valid_lines.source_line is not null as is_program_valid

from lines
left join memberships
    on
        lines.side = memberships.side
        and lines.source_line = memberships.source_line
left join valid_lines
    on
        lines.side = valid_lines.side
        and lines.source_line = valid_lines.source_line;
