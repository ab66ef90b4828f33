-- finding: everything that the checks found, with severity, message and fix of the catalogue.
--
-- A rule that the configuration switches off finds nothing.
--
-- grain:    one row per rule, record and field
-- key:      rule, ods_line, sis_line, field
-- reads:    birth_start_in_wrong_order, comparison_leaves_or_holds_record,
--           completion_contradiction_not_e230, demographic_difference_from_calpads,
--           e155_not_returned_after_summer, e450_grade_not_prekindergarten,
--           exit_future_over_30_days, exit_pair_incomplete, frmt0001_value_too_long,
--           frmt0002_not_a_date, frmt0004_character_not_allowed, gerr0001_required_field_blank,
--           gerr0002_code_not_in_code_set, gerr0007_code_not_valid_in_year,
--           handover_day_start_on_exit_date, ivr0668_birth_date_in_future,
--           key_format_wrong_number_of_digits, lea_school_or_start_unreadable,
--           ods_twin_repeats_a_line, order_cycle_each_before_the_other,
--           prior_year_ods_open_not_in_sis, rejected_before_and_unchanged,
--           removes_history_of_closed_enrollment, senr0001_lea_not_of_this_run,
--           senr0002_school_not_in_lea, senr0003_nps_code_at_other_school,
--           senr0004_nps_code_missing, senr0006_academic_year_not_valid,
--           senr0018_exit_does_not_fit_start, senr0022_completion_and_e230_unpaired,
--           senr0024_start_after_graduation, senr0027_overlapping_primary_enrollment,
--           senr0028_primary_overlap_in_two_leas, senr0032_removal_without_ssid,
--           senr0034_key_twice_in_an_extract, senr0035_gender_or_birth_year_differs,
--           senr0175_graduate_without_e230, senr0178_overlap_at_same_school,
--           senr0182_start_before_school_opened, senr0184_start_after_school_closed,
--           senr0187_short_term_over_30_days, senr0192_residence_district_not_7_digits,
--           senr0202_school_is_district_code, senr0262_kindergarten_age_not_4_to_7,
--           senr0269_grade_not_offered_by_school, senr0286_e150_without_next_day_start,
--           senr0302_secondary_exit_is_e170, senr0315_golden_state_seal_no_diploma,
--           senr0316_biliteracy_seal_no_diploma, senr0319_adult_grade_at_wrong_school_type,
--           senr0522_non_ada_exit_reason_not_allowed, senr0523_e170_needs_status_20_or_50,
--           senr0586_exit_after_graduation, senr0587_open_after_graduation,
--           senr0622_too_young_for_tk, senr0630_exemption_without_diploma,
--           senr0632_exemption_indicator_missing, senr0742_start_not_in_academic_year,
--           sis_exit_not_settled, ssid_mismatch_of_one_enrollment, ssid_missing_on_another_record,
--           start_future_over_6_months, status_480_receiver_school_missing,
--           t165_receiver_school_missing, uccsu_100_indicator_missing, rule
-- stored:   yes

create or replace view recon.finding as

with

offences as (

    select * from recon.birth_start_in_wrong_order
    union all
    select * from recon.comparison_leaves_or_holds_record
    union all
    select * from recon.completion_contradiction_not_e230
    union all
    select * from recon.demographic_difference_from_calpads
    union all
    select * from recon.e155_not_returned_after_summer
    union all
    select * from recon.e450_grade_not_prekindergarten
    union all
    select * from recon.exit_future_over_30_days
    union all
    select * from recon.exit_pair_incomplete
    union all
    select * from recon.frmt0001_value_too_long
    union all
    select * from recon.frmt0002_not_a_date
    union all
    select * from recon.frmt0004_character_not_allowed
    union all
    select * from recon.gerr0001_required_field_blank
    union all
    select * from recon.gerr0002_code_not_in_code_set
    union all
    select * from recon.gerr0007_code_not_valid_in_year
    union all
    select * from recon.handover_day_start_on_exit_date
    union all
    select * from recon.ivr0668_birth_date_in_future
    union all
    select * from recon.key_format_wrong_number_of_digits
    union all
    select * from recon.lea_school_or_start_unreadable
    union all
    select * from recon.ods_twin_repeats_a_line
    union all
    select * from recon.order_cycle_each_before_the_other
    union all
    select * from recon.prior_year_ods_open_not_in_sis
    union all
    select * from recon.rejected_before_and_unchanged
    union all
    select * from recon.removes_history_of_closed_enrollment
    union all
    select * from recon.senr0001_lea_not_of_this_run
    union all
    select * from recon.senr0002_school_not_in_lea
    union all
    select * from recon.senr0003_nps_code_at_other_school
    union all
    select * from recon.senr0004_nps_code_missing
    union all
    select * from recon.senr0006_academic_year_not_valid
    union all
    select * from recon.senr0018_exit_does_not_fit_start
    union all
    select * from recon.senr0022_completion_and_e230_unpaired
    union all
    select * from recon.senr0024_start_after_graduation
    union all
    select * from recon.senr0027_overlapping_primary_enrollment
    union all
    select * from recon.senr0028_primary_overlap_in_two_leas
    union all
    select * from recon.senr0032_removal_without_ssid
    union all
    select * from recon.senr0034_key_twice_in_an_extract
    union all
    select * from recon.senr0035_gender_or_birth_year_differs
    union all
    select * from recon.senr0175_graduate_without_e230
    union all
    select * from recon.senr0178_overlap_at_same_school
    union all
    select * from recon.senr0182_start_before_school_opened
    union all
    select * from recon.senr0184_start_after_school_closed
    union all
    select * from recon.senr0187_short_term_over_30_days
    union all
    select * from recon.senr0192_residence_district_not_7_digits
    union all
    select * from recon.senr0202_school_is_district_code
    union all
    select * from recon.senr0262_kindergarten_age_not_4_to_7
    union all
    select * from recon.senr0269_grade_not_offered_by_school
    union all
    select * from recon.senr0286_e150_without_next_day_start
    union all
    select * from recon.senr0302_secondary_exit_is_e170
    union all
    select * from recon.senr0315_golden_state_seal_no_diploma
    union all
    select * from recon.senr0316_biliteracy_seal_no_diploma
    union all
    select * from recon.senr0319_adult_grade_at_wrong_school_type
    union all
    select * from recon.senr0522_non_ada_exit_reason_not_allowed
    union all
    select * from recon.senr0523_e170_needs_status_20_or_50
    union all
    select * from recon.senr0586_exit_after_graduation
    union all
    select * from recon.senr0587_open_after_graduation
    union all
    select * from recon.senr0622_too_young_for_tk
    union all
    select * from recon.senr0630_exemption_without_diploma
    union all
    select * from recon.senr0632_exemption_indicator_missing
    union all
    select * from recon.senr0742_start_not_in_academic_year
    union all
    select * from recon.sis_exit_not_settled
    union all
    select * from recon.ssid_mismatch_of_one_enrollment
    union all
    select * from recon.ssid_missing_on_another_record
    union all
    select * from recon.start_future_over_6_months
    union all
    select * from recon.status_480_receiver_school_missing
    union all
    select * from recon.t165_receiver_school_missing
    union all
    select * from recon.uccsu_100_indicator_missing

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
