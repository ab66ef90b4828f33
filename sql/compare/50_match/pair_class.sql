-- pair_class: the class of each pair, and of each line without one, with the reason.
--
-- This is the plain comparison by key, in which the SIS may be wrong or CALPADS. A file that has
-- classes of its own has its own view instead.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    pair_summary
-- stored:   yes

create or replace view compare.pair_class as

with

reasons as (

    select
        ods_line,
        sis_line,
        case
            when ods_line is null then 'not_in_calpads NO-RECORD'
            when sis_line is null then 'not_in_sis NOT-IN-SIS'
            when differences = 0 then 'same SAME'
            when differences = blanks_in_sis then 'blank_in_sis BLANK-IN-SIS'
            else 'differs DIFFERS'
        end as class_and_reason

    from compare.pair_summary

)

select
    ods_line,
    sis_line,
    split_part(class_and_reason, ' ', 1) as class,
    split_part(class_and_reason, ' ', 2) as reason

from reasons;
