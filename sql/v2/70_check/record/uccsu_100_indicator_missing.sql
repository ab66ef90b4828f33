-- uccsu_100_indicator_missing: graduates' records to be sent without a UC/CSU requirements
-- indicator.
--
-- rule:     UCCSU-100
-- severity: fatal
-- since:    always
-- fix:      enter Y or N for the UC/CSU requirements in the SIS, then export and run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.uccsu_100_indicator_missing as

select
    action_id,
    'student_met_all_uc_csu_requirements_indicator' as field

from recon.record_to_check

where
    student_school_completion_status_code = '100'
    and student_met_all_uc_csu_requirements_indicator is null;
