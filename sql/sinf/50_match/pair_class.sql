-- pair_class: the class of each pair of SINF, and of each line without one, with the reason.
--
-- Birth date and gender come first, because a difference holds up other files of the student. A
-- newest record with an end date says that the student no longer belongs to the LEA.
--
-- grain:    one row per pair of lines, or per line without one
-- key:      ods_line, sis_line
-- reads:    pair_summary, value_difference, sinf_line
-- stored:   yes

create or replace view compare.pair_class as

with

blocking_differences as (

    select distinct
        ods_line,
        sis_line

    from compare.value_difference

    where column_name in ('student_birth_date', 'student_gender_code') and not is_blank_in_sis

),

ended_records as (

    select source_line as ods_line

    from staging.sinf_line

    where
        side = 'ods'
        and effective_end_date_text is not null

),

reasons as (

    select
        pair.ods_line,
        pair.sis_line,
        case
            when pair.ods_line is null then 'not_in_calpads NO-RECORD'
            when pair.sis_line is null then 'not_in_sis NOT-IN-SIS'
            when ended_records.ods_line is not null then 'not_in_calpads RECORD-ENDED'
            when pair.differences = 0 then 'same SAME'
            when blocking_differences.ods_line is not null then 'differs BIRTH-OR-GENDER'
            when pair.differences = pair.blanks_in_sis then 'blank_in_sis BLANK-IN-SIS'
            else 'differs DIFFERS'
        end as class_and_reason

    from compare.pair_summary as pair
    left join blocking_differences
        on
            pair.ods_line = blocking_differences.ods_line
            and pair.sis_line = blocking_differences.sis_line
    left join ended_records on pair.ods_line = ended_records.ods_line

)

select
    ods_line,
    sis_line,
    split_part(class_and_reason, ' ', 1) as class,
    split_part(class_and_reason, ' ', 2) as reason

from reasons;
