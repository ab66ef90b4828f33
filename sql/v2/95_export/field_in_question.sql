-- field_in_question: the fields of each record that a finding or a difference is about.
--
-- `is_difference` says that the comparison counts the two sides as different there. A field that
-- only looks different, such as one with a local code, is not.
--
-- grain:    one row per pair, or record of one side, and field
-- key:      ods_line, sis_line, field
-- reads:    finding, field_difference
-- stored:   no

create or replace view recon.field_in_question as

with

mentions as (

    select
        ods_line,
        sis_line,
        field,
        rule = 'DEMOGRAPHIC-DIFFERENCE' as is_difference

    from recon.finding

    where field is not null

    union all

    select
        ods_line,
        sis_line,
        column_name as field,
        true as is_difference

    from recon.field_difference

)

select
    ods_line,
    sis_line,
    field,
    bool_or(is_difference) as is_difference

from mentions

group by
    ods_line,
    sis_line,
    field;
