-- field_difference: each compared field in which a pair differs, with both values.
--
-- The values come from the texts of enrollment_match, each from its place in the text.
--
-- grain:    one row per pair and differing field
-- key:      ods_line, sis_line, column_name
-- reads:    enrollment_match, classified_record, layout
-- stored:   yes

create or replace view recon.field_difference as

with

both_values as (

    select
        enrollment_match.ods_line,
        enrollment_match.sis_line,
        classified_record.student_key,
        enrollment_match.student_lea,
        enrollment_match.is_closed_on_both,
        enrollment_match.exit_shift_days,
        layout.position,
        layout.column_name,
        nullif(split_part(enrollment_match.ods_values, '^', layout.compared_place), '')
            as ods_value,
        nullif(split_part(enrollment_match.target_values, '^', layout.compared_place), '')
            as target_value

    from recon.enrollment_match
    inner join recon.classified_record
        on
            enrollment_match.ods_line = classified_record.ods_line
            and enrollment_match.sis_line = classified_record.sis_line
    inner join reference.layout as layout on layout.role = 'enrollment'

    where enrollment_match.match_result in ('EXIT-DIFFERS', 'OTHER-DIFFERENCE')

)

select
    ods_line,
    sis_line,
    student_key,
    student_lea,
    is_closed_on_both,
    exit_shift_days,
    position,
    column_name,
    ods_value,
    replace(target_value, chr(10), '^') as target_value

from both_values

where ods_value is distinct from target_value;
