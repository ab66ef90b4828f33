-- field_count: which fields the sent records change, and from which value to which.
--
-- Exit dates are in words, such as `a later date`, because there would be as many pairs of values
-- as days. If a code set has several names for a code, each name has its own row.
--
-- grain:    one row per field and pair of values
-- key:      column_name, ods_value, ods_name, target_value, target_name
-- reads:    planned_record, worded_difference, layout, code
-- stored:   no

create or replace view recon.field_count as

with

changes as (

    select
        layout.number,
        layout.name,
        layout.column_name,
        layout.code_set,
        difference.ods_value,
        difference.target_value

    from recon.planned_record as planned
    inner join recon.worded_difference as difference
        on
            planned.ods_line = difference.ods_line
            and planned.sis_line = difference.sis_line
    inner join reference.layout as layout on difference.column_name = layout.column_name

),

counts as (

    select
        number,
        name,
        column_name,
        code_set,
        ods_value,
        target_value,
        count(*) as records

    from changes

    group by
        number,
        name,
        column_name,
        code_set,
        ods_value,
        target_value

),

code_names as (

    select distinct
        code_set,
        code,
        name

    from reference.code

)

select
    counts.number,
    counts.name,
    counts.column_name,
    counts.ods_value,
    ods_names.name as ods_name,
    counts.target_value,
    target_names.name as target_name,
    counts.records

from counts
left join code_names as ods_names
    on
        counts.code_set = ods_names.code_set
        and counts.ods_value = ods_names.code
left join code_names as target_names
    on
        counts.code_set = target_names.code_set
        and counts.target_value = target_names.code;
