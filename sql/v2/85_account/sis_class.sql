-- sis_class: where every line of the SIS extract went: its class and the reason.
--
-- A line out of scope, or one that is not sent, stays so even if its student is on hold; any other
-- line of a student on hold is held. The reason for a held line is the fatal rule found on it, or
-- else the first rule that put the student on hold.
--
-- grain:    one row per line of the SIS extract
-- key:      sis_line
-- reads:    sis_to_compare, agreeing_record, record_class, record_reason, held_student, finding
-- stored:   no

create or replace view recon.sis_class as

with

held_records as (

    select
        sis_line,
        min(rule) as rule

    from recon.finding

    where
        severity = 'fatal'
        and sis_line is not null

    group by sis_line

)

select
    sis_to_compare.sis_line,
    sis_to_compare.student_key,
    sis_to_compare.student_lea,
    case
        when sis_to_compare.scope_reason is not null then 'out_of_scope'
        when record_class.class = 'not_sent' then 'not_sent'
        when held_student.student_key is not null then 'held'
        else record_class.class
    end as class,
    case
        when sis_to_compare.scope_reason is not null then sis_to_compare.scope_reason
        when held_student.student_key is not null and record_class.class <> 'not_sent'
            then coalesce(held_records.rule, held_student.first_rule)
        else coalesce(record_reason.reason, record_class.outcome)
    end as reason,
    record_class.ods_line

from recon.sis_to_compare
left join recon.record_class on sis_to_compare.sis_line = record_class.sis_line
left join recon.record_reason on sis_to_compare.sis_line = record_reason.sis_line
left join recon.held_student on sis_to_compare.student_key = held_student.student_key
left join held_records on sis_to_compare.sis_line = held_records.sis_line

union all

select
    sis_line,
    student_key,
    student_lea,
    'same' as class,
    'AGREES' as reason,
    ods_line

from recon.agreeing_record;
