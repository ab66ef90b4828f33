-- evidence_pattern: the patterns of the ODS lines of this and the last school year, each with the
-- line that stands for the others.
--
-- The checks look at one line of each pattern, so that they need not look at all of them.
--
-- grain:    one row per pattern
-- key:      ods_line
-- reads:    evidence_line
-- stored:   yes

create or replace view recon.evidence_pattern as

select
    min(ods_line) as ods_line,
    academic_year_id,
    enrollment_status_code,
    grade_level_code,
    student_gender_code,
    student_exit_reason_code,
    student_school_completion_status_code,
    student_met_all_uc_csu_requirements_indicator,
    student_school_transfer_code,
    student_golden_state_seal_merit_diploma_indicator,
    student_seal_of_biliteracy_indicator,
    adult_age_students_with_disabilities_in_transition_status,
    graduation_exemption_indicator,
    has_exit_date,
    is_born_after_start

from recon.evidence_line

group by
    academic_year_id,
    enrollment_status_code,
    grade_level_code,
    student_gender_code,
    student_exit_reason_code,
    student_school_completion_status_code,
    student_met_all_uc_csu_requirements_indicator,
    student_school_transfer_code,
    student_golden_state_seal_merit_diploma_indicator,
    student_seal_of_biliteracy_indicator,
    adult_age_students_with_disabilities_in_transition_status,
    graduation_exemption_indicator,
    has_exit_date,
    is_born_after_start;
