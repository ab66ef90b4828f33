-- local_id_count: how many lines each extract has of every local student ID that both have, in
-- scope or not.
--
-- grain:    one row per LEA and local student ID
-- key:      reporting_lea, local_student_id
-- reads:    ods_enrollment, sis_scoped
-- stored:   no

create or replace view recon.local_id_count as

with

ods_lines as (

    select
        reporting_lea,
        local_student_id,
        count(*) as lines

    from staging.ods_enrollment

    group by
        reporting_lea,
        local_student_id

),

sis_lines as (

    select
        reporting_lea,
        local_student_id,
        count(*) as lines

    from recon.sis_scoped

    group by
        reporting_lea,
        local_student_id

)

select
    ods_lines.reporting_lea,
    ods_lines.local_student_id,
    ods_lines.lines as ods_lines,
    sis_lines.lines as sis_lines

from ods_lines
inner join sis_lines
    on
        ods_lines.reporting_lea = sis_lines.reporting_lea
        and ods_lines.local_student_id = sis_lines.local_student_id;
