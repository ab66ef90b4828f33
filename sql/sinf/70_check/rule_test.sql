-- rule_test: the rules of CALPADS that a record of SINF breaks.
--
-- compared_rules.csv has the text of each rule, and what it does here.
--
-- grain:    one row per record and rule
-- key:      side, source_line, rule
-- reads:    checked_student, compared_rule, compare_parameters
-- stored:   no

create or replace view compare.rule_test as

select
    record.side,
    record.source_line,
    rule.code as rule,
    rule.is_holding

from compare.checked_student as record
cross join reference.compared_rule as rule
cross join reference.compare_parameters as parameters

where
    case rule.code
        when 'FRMT0002'
            then
                (record.student_birth_date is null and record.student_birth_date_text is not null)
                or (
                    record.student_initial_us_school_enrollment_date_k_12 is null
                    and record.student_initial_us_school_enrollment_date_k_12_text is not null
                )
        when 'GERR0008' then record.transaction_type_code not in ('A', 'R', 'D')
        when 'IVR0006' then not regexp_full_match(record.academic_year_id, '[0-9]{4}-[0-9]{4}')
        when 'SINF0045'
            then
                (record.student_hispanic_ethnicity_indicator is null)
                <> (coalesce(record.student_ethnicity_missing_indicator, 'N') = 'Y')
        when 'SINF0046'
            then
                (
                    coalesce(
                        record.student_race_1_code,
                        record.student_race_2_code,
                        record.student_race_3_code,
                        record.student_race_4_code,
                        record.student_race_5_code
                    ) is null
                )
                <> (coalesce(record.student_race_missing_indicator, 'N') = 'Y')
        when
            'SINF0059'
            then record.student_initial_us_school_enrollment_date_k_12 <= record.student_birth_date
        when 'SINF0060'
            then
                record.student_initial_us_school_enrollment_date_k_12
                > parameters.as_of + interval 6 month
        when 'SINF0453'
            then
                coalesce(
                    record.parent_guardian_highest_education_level_code,
                    record.guardian_1_first_name,
                    record.guardian_1_last_name
                ) is not null
                and (
                    record.parent_guardian_highest_education_level_code is null
                    or record.guardian_1_first_name is null
                    or record.guardian_1_last_name is null
                )
        when 'SINF0635'
            then
                (record.guardian_2_first_name is null)
                <> (record.guardian_2_last_name is null)
        else false
    end;
