-- pair_class: the class of each pair of SPRG, and of each line without one, with the reason.
--
-- An end date that CALPADS has set itself, on the exit date of the enrollment, is not a difference.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    pair_summary, program_difference, program_line, program_fit, lone_program,
--   compare_parameters
-- stored:   yes

create or replace view compare.pair_class as

with

both_lines as (

    select
        pair.ods_line,
        pair.sis_line,
        parameters.has_enrollments,
        ods.end_date_text as ods_end,
        sis.end_date_text as sis_end,
        coalesce(sis.end_date < sis.start_date, false) as is_backward,
        fit.is_closed_by_calpads,
        coalesce(difference.has_end, false) as has_end,
        coalesce(difference.has_kept, false) as has_kept,
        coalesce(difference.has_blank, false) as has_blank,
        coalesce(difference.has_dwelling, false) as has_dwelling,
        coalesce(difference.has_other, false) as has_other

    from compare.pair_summary as pair
    cross join reference.compare_parameters as parameters
    inner join compare.program_line as ods
        on
            pair.ods_line = ods.source_line
            and ods.side = 'ods'
    inner join compare.program_line as sis
        on
            pair.sis_line = sis.source_line
            and sis.side = 'sis'
    inner join compare.program_fit as fit
        on
            ods.side = fit.side
            and ods.source_line = fit.source_line
    left join compare.program_difference as difference
        on
            pair.ods_line = difference.ods_line
            and pair.sis_line = difference.sis_line

),

reasons as (

    select
        ods_line,
        sis_line,
        case
            when has_end and is_backward then 'not_sendable END-BEFORE-START'
            when has_end and ods_end is null then 'close CLOSE'
            when has_end and sis_end is not null and is_closed_by_calpads
                then 'update END-DATE-OF-CALPADS'
            when has_end and sis_end is not null then 'update END-DATE'
            when has_end and not has_enrollments then 'reopen REOPEN-UNCHECKED'
            when has_end and not is_closed_by_calpads then 'reopen REOPEN'
            when has_other then 'update FIELDS'
            when has_blank then 'blank_in_sis BLANK-IN-SIS'
            when has_dwelling then 'update DWELLING-TYPE'
            when has_kept then 'kept YES-STAYS'
            when has_end then 'same CLOSED-BY-CALPADS'
            else 'same SAME'
        end as class_and_reason

    from both_lines
    union all
    select * from compare.lone_program

)

select
    ods_line,
    sis_line,
    split_part(class_and_reason, ' ', 1) as class,
    split_part(class_and_reason, ' ', 2) as reason

from reasons;
