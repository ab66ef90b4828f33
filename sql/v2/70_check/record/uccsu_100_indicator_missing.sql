-- uccsu_100_indicator_missing: graduates' records to be sent without UC/CSU requirements indicator.
--
-- rule:     UCCSU-100
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.uccsu_100_indicator_missing as

select
    'UCCSU-100' as rule,
    student_key,
    ods_line,
    sis_line,
    'student_met_all_uc_csu_requirements_indicator' as field,
    student_met_all_uc_csu_requirements_indicator as value

from recon.proposed_record

where
    class <> 'remove'
    and student_school_completion_status_code = '100'
    and student_met_all_uc_csu_requirements_indicator is null;
