-- held_student: students we send nothing for, because one of their records has a fatal error.
--
-- In a run of several LEAs, a record whose LEA cannot be read may belong to any of them, so any
-- finding on it puts all students with its SSID on hold.
--
-- grain:    one row per held student
-- key:      student_key
-- reads:    finding, ods_to_compare, sis_to_compare, run_parameters
-- stored:   yes

create or replace view recon.held_student as

with

records_of_no_lea as (

    select
        ods.student_key,
        ods.ssid

    from reference.run_parameters as parameters
    inner join recon.ods_to_compare as ods on ods.student_lea = ''

    where
        parameters.has_several_leas
        and ods.scope_reason is null

    union

    select
        sis.student_key,
        sis.ssid

    from reference.run_parameters as parameters
    inner join recon.sis_to_compare as sis on sis.student_lea = ''

    where
        parameters.has_several_leas
        and sis.scope_reason is null

),

students_in_doubt as (

    select student_key from records_of_no_lea

    union

    select ods.student_key
    from records_of_no_lea
    inner join recon.ods_to_compare as ods on records_of_no_lea.ssid = ods.ssid

    union

    select sis.student_key
    from records_of_no_lea
    inner join recon.sis_to_compare as sis on records_of_no_lea.ssid = sis.ssid

),

reasons as (

    select
        student_key,
        rule,
        severity

    from recon.finding

    where severity = 'fatal'

    union all

    select
        student_key,
        'KEY-FORMAT' as rule,
        cast(null as varchar) as severity

    from students_in_doubt

)

select
    student_key,
    count(severity) as fatal_findings,
    min(rule) as first_rule,
    not bool_or(rule <> 'SSID-MISSING') as only_lacks_ssid

from reasons

group by student_key;
