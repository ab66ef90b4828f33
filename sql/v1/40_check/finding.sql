-- finding: everything that the checks found, with severity, message and fix of the catalogue.
--
-- A rule that the configuration switches off finds nothing.
--
-- grain:    one row per rule, record and field
-- key:      rule, ods_line, sis_line, field
-- reads:    check_completion_contradiction, check_demographic_difference, check_key_twice,
--           check_ods_twin, check_order_cycle, check_prior_year_ods_open, check_record_reason,
--           check_removes_history, check_senr0018, check_ssid_mismatch,
--           check_ssid_missing_student, check_target_exit, rule
-- stored:   yes

create or replace view recon.finding as

with

offences as (

    select * from recon.check_completion_contradiction
    union all
    select * from recon.check_demographic_difference
    union all
    select * from recon.check_key_twice
    union all
    select * from recon.check_ods_twin
    union all
    select * from recon.check_order_cycle
    union all
    select * from recon.check_prior_year_ods_open
    union all
    select * from recon.check_record_reason
    union all
    select * from recon.check_removes_history
    union all
    select * from recon.check_senr0018
    union all
    select * from recon.check_ssid_mismatch
    union all
    select * from recon.check_ssid_missing_student
    union all
    select * from recon.check_target_exit

)

select
    rule.severity,
    offences.rule,
    offences.student_key,
    offences.ods_line,
    offences.sis_line,
    offences.field,
    offences.value,
    rule.message,
    rule.fix

from offences
inner join reference.rule as rule on offences.rule = rule.code

where rule.severity <> 'off';
