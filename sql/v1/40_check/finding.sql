-- finding: everything that the checks found, with severity, message and fix of the catalogue.
--
-- A rule that the configuration switches off finds nothing.
--
-- grain:    one row per rule, record and field
-- key:      rule, ods_line, sis_line, field
-- reads:    check_480_receiver, check_birth_start, check_completion_contradiction,
--           check_demographic_difference, check_e155_not_returned, check_e450_grade,
--           check_exit_future, check_exit_pair, check_frmt0001, check_frmt0002, check_frmt0004,
--           check_gerr0001, check_gerr0002, check_gerr0007, check_handover_day, check_ivr0668,
--           check_key_format, check_key_twice, check_ods_twin, check_order_cycle,
--           check_prior_year_ods_open, check_record_reason, check_rejected_before,
--           check_removes_history, check_senr0001, check_senr0002, check_senr0003, check_senr0004,
--           check_senr0006, check_senr0018, check_senr0022, check_senr0024, check_senr0027,
--           check_senr0028, check_senr0032, check_senr0035, check_senr0175, check_senr0178,
--           check_senr0182, check_senr0184, check_senr0187, check_senr0192, check_senr0202,
--           check_senr0262, check_senr0269, check_senr0286, check_senr0302, check_senr0315,
--           check_senr0316, check_senr0319, check_senr0522, check_senr0523, check_senr0586,
--           check_senr0587, check_senr0622, check_senr0630, check_senr0632, check_senr0742,
--           check_ssid_mismatch, check_ssid_missing_student, check_start_future,
--           check_t165_receiver, check_target_exit, check_uccsu_100, check_unplaced_record, rule
-- stored:   yes

create or replace view recon.finding as

with

offences as (

    select * from recon.check_480_receiver
    union all
    select * from recon.check_birth_start
    union all
    select * from recon.check_completion_contradiction
    union all
    select * from recon.check_demographic_difference
    union all
    select * from recon.check_e155_not_returned
    union all
    select * from recon.check_e450_grade
    union all
    select * from recon.check_exit_future
    union all
    select * from recon.check_exit_pair
    union all
    select * from recon.check_frmt0001
    union all
    select * from recon.check_frmt0002
    union all
    select * from recon.check_frmt0004
    union all
    select * from recon.check_gerr0001
    union all
    select * from recon.check_gerr0002
    union all
    select * from recon.check_gerr0007
    union all
    select * from recon.check_handover_day
    union all
    select * from recon.check_ivr0668
    union all
    select * from recon.check_key_format
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
    select * from recon.check_rejected_before
    union all
    select * from recon.check_removes_history
    union all
    select * from recon.check_senr0001
    union all
    select * from recon.check_senr0002
    union all
    select * from recon.check_senr0003
    union all
    select * from recon.check_senr0004
    union all
    select * from recon.check_senr0006
    union all
    select * from recon.check_senr0018
    union all
    select * from recon.check_senr0022
    union all
    select * from recon.check_senr0024
    union all
    select * from recon.check_senr0027

    union all

    select * from recon.check_senr0028
    union all
    select * from recon.check_senr0032
    union all
    select * from recon.check_senr0035
    union all
    select * from recon.check_senr0175
    union all
    select * from recon.check_senr0178
    union all
    select * from recon.check_senr0182
    union all
    select * from recon.check_senr0184
    union all
    select * from recon.check_senr0187
    union all
    select * from recon.check_senr0192
    union all
    select * from recon.check_senr0202
    union all
    select * from recon.check_senr0262
    union all
    select * from recon.check_senr0269
    union all
    select * from recon.check_senr0286
    union all
    select * from recon.check_senr0302
    union all
    select * from recon.check_senr0315
    union all
    select * from recon.check_senr0316
    union all
    select * from recon.check_senr0319
    union all
    select * from recon.check_senr0522
    union all
    select * from recon.check_senr0523
    union all
    select * from recon.check_senr0586
    union all
    select * from recon.check_senr0587
    union all
    select * from recon.check_senr0622
    union all
    select * from recon.check_senr0630
    union all
    select * from recon.check_senr0632
    union all
    select * from recon.check_senr0742
    union all
    select * from recon.check_ssid_mismatch
    union all
    select * from recon.check_ssid_missing_student
    union all
    select * from recon.check_start_future
    union all
    select * from recon.check_t165_receiver
    union all
    select * from recon.check_target_exit
    union all
    select * from recon.check_uccsu_100
    union all
    select * from recon.check_unplaced_record

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
