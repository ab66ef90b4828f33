-- value_difference: each field in which a pair differs, with both values as they are compared.
--
-- A column that the SIS extract lacks is not compared. An indicator that only turns from Y to N in
-- time does not differ where it has turned in the SIS first.
--
-- grain:    one row per pair and differing field
-- key:      ods_line, sis_line, compared_place
-- reads:    pair, compared_field
-- stored:   yes

create or replace view compare.value_difference as

with

both_values as (

    select
        pair.ods_line,
        pair.sis_line,
        field.compared_place,
        field.column_name,
        field.compared_as,
        nullif(split_part(pair.ods_values, '^', field.compared_place), '') as ods_value,
        nullif(split_part(pair.sis_values, '^', field.compared_place), '') as sis_value

    from compare.pair
    cross join reference.compared_field as field

    where
        pair.ods_values <> pair.sis_values
        and field.is_given

)

select
    ods_line,
    sis_line,
    compared_place,
    column_name,
    ods_value,
    sis_value,
    sis_value is null as is_blank_in_sis

from both_values

where
    coalesce(ods_value, '') <> coalesce(sis_value, '')
    and not (
        compared_as = 'yes turns no'
        and coalesce(ods_value, '') = 'Y'
        and coalesce(sis_value, '') = 'N'
    );
