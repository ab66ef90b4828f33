-- ods_class: where every line of the ODS extract went: its class and the reason.
--
-- A line out of scope is out of scope even if its student is on hold; any other line of a student
-- on hold is held. The reason for a held line is the fatal rule found on it, or else the first rule
-- that put the student on hold.
--
-- grain:    one row per line of the ODS extract, and per record posted since
-- key:      ods_line
-- reads:    ods_to_compare, agreeing_record, record_class, record_reason, held_student, finding
-- stored:   no

create or replace view recon.ods_class as

with

held_records as (

    select
        ods_line,
        min(rule) as rule

    from recon.finding

    where
        severity = 'fatal'
        and ods_line is not null

    group by ods_line

)

select
    ods_to_compare.ods_line,
    ods_to_compare.student_key,
    ods_to_compare.student_lea,
    case
        when ods_to_compare.scope_reason is not null then 'out_of_scope'
        when held_student.student_key is not null then 'held'
        else record_class.class
    end as class,
    case
        when ods_to_compare.scope_reason is not null then ods_to_compare.scope_reason
        when held_student.student_key is not null
            then coalesce(held_records.rule, held_student.first_rule)
        else coalesce(record_reason.reason, record_class.outcome)
    end as reason,
    record_class.sis_line

from recon.ods_to_compare
left join recon.record_class on ods_to_compare.ods_line = record_class.ods_line
left join recon.record_reason on ods_to_compare.ods_line = record_reason.ods_line
left join recon.held_student on ods_to_compare.student_key = held_student.student_key
left join held_records on ods_to_compare.ods_line = held_records.ods_line

union all

select
    ods_line,
    student_key,
    student_lea,
    'same' as class,
    'AGREES' as reason,
    sis_line

from recon.agreeing_record;
