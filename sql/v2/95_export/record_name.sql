-- record_name: the student's name on every line of both extracts, as `Last, First Middle`.
--
-- grain:    one row per line, and per record posted since
-- key:      side, source_line
-- reads:    ods_enrollment, sis_enrollment
-- stored:   no

create or replace view recon.record_name as

with

legal_names as (

    select
        'ods' as side,
        source_line,
        concat_ws(' ', student_legal_last_name, student_legal_name_suffix) as last_name,
        concat_ws(' ', student_legal_first_name, student_legal_middle_name) as first_name

    from staging.ods_enrollment

    union all

    select
        'sis' as side,
        source_line,
        concat_ws(' ', student_legal_last_name, student_legal_name_suffix) as last_name,
        concat_ws(' ', student_legal_first_name, student_legal_middle_name) as first_name

    from staging.sis_enrollment

)

select
    side,
    source_line,
    nullif(concat_ws(', ', nullif(last_name, ''), nullif(first_name, '')), '') as name

from legal_names;
