-- code_name: the name of every code; of a code that had several names, the latest.
--
-- grain:    one row per code set and code
-- key:      code_set, code
-- reads:    code
-- stored:   no

create or replace view recon.code_name as

with

names as (

    select
        code_set,
        code,
        name,
        row_number() over (
            partition by code_set, code
            order by coalesce(valid_from, date '1900-01-01') desc, name
        ) as place

    from reference.code

)

select
    code_set,
    code,
    name

from names

where place = 1;
