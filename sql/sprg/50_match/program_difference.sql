-- program_difference: what kinds of fields a pair of SPRG differs in.
--
-- Y as unaccompanied or runaway youth stays for the academic year, whatever is reported after it.
--
-- grain:    one row per pair that differs
-- key:      ods_line, sis_line
-- reads:    value_difference, program_line, compare_parameters
-- stored:   no

create or replace view compare.program_difference as

with

kinds as (

    select
        difference.ods_line,
        difference.sis_line,
        case
            when difference.column_name = 'education_program_membership_end_date' then 'end'
            when
                difference.column_name in (
                    'unaccompanied_youth_indicator', 'runaway_youth_indicator'
                )
                and difference.ods_value = 'Y'
                and coalesce(difference.sis_value, 'N') = 'N'
                and ods.year_start = parameters.school_year_start
                then 'kept'
            when difference.is_blank_in_sis then 'blank'
            when difference.column_name = 'homeless_dwelling_type_code' then 'dwelling'
            else 'other'
        end as kind

    from compare.value_difference as difference
    cross join reference.compare_parameters as parameters
    inner join compare.program_line as ods
        on
            difference.ods_line = ods.source_line
            and ods.side = 'ods'

)

select
    ods_line,
    sis_line,
    bool_or(kind = 'end') as has_end,
    bool_or(kind = 'kept') as has_kept,
    bool_or(kind = 'blank') as has_blank,
    bool_or(kind = 'dwelling') as has_dwelling,
    bool_or(kind = 'other') as has_other

from kinds

group by ods_line, sis_line;
