-- rule_test: the rules of CALPADS that a record of SPRG breaks.
--
-- compared_rules.csv has the text of each rule, and what it does here.
--
-- grain:    one row per record and rule
-- key:      side, source_line, rule
-- reads:    checked_program, compared_rule, compare_parameters
-- stored:   no

create or replace view compare.rule_test as

select
    record.side,
    record.source_line,
    rule.code as rule,
    rule.is_holding

from compare.checked_program as record
cross join reference.compared_rule as rule
cross join reference.compare_parameters as parameters

where
    case rule.code
        when 'FRMT0002'
            then
                record.education_program_membership_end_date is null
                and record.education_program_membership_end_date_text is not null
        when 'GERR0008' then record.transaction_type_code not in ('A', 'R', 'D')
        when 'IVR0006' then not regexp_full_match(record.academic_year_id, '[0-9]{4}-[0-9]{4}')
        when
            'SPRG-BIRTH-START'
            then record.education_program_membership_start_date <= record.student_birth_date
        when
            'SPRG0081'
            then record.education_program_code = '122' and record.education_service_code is null
        when
            'SPRG0150'
            then
                record.education_program_code <> '122' and record.education_service_code is not null
        when 'SPRG0168'
            then
                record.education_program_code = '122'
                and record.education_service_academic_year is null
        when 'SPRG0253'
            then
                left(record.migrant_student_id, 2) <> '06'
                or length(record.migrant_student_id) <> 11
        when
            'SPRG-135-ID'
            then record.education_program_code = '135' and record.migrant_student_id is null
        when 'SPRG-113-ID'
            then
                record.education_program_code = '113'
                and record.california_partnership_academy_id is null
        when 'SPRG-191-FIELDS'
            then
                record.education_program_code = '191'
                and (
                    record.homeless_dwelling_type_code is null
                    or record.unaccompanied_youth_indicator is null
                    or record.runaway_youth_indicator is null
                )
        when 'SPRG-RUNAWAY'
            then
                record.runaway_youth_indicator = 'Y'
                and coalesce(record.unaccompanied_youth_indicator, 'N') <> 'Y'
        when 'SPRG-MEAL-YEAR'
            then
                record.education_program_code in ('181', '182')
                and regexp_full_match(record.academic_year_id, '[0-9]{4}-[0-9]{4}')
                and right(record.academic_year_id, 4) <> cast(
                    year(record.education_program_membership_start_date)
                    + case
                        when month(record.education_program_membership_start_date) < 7 then 0 else 1
                    end as varchar
                )
        when 'SPRG0645F1'
            then
                record.education_program_code in ('181', '182')
                and year(record.education_program_membership_start_date)
                + case
                    when month(record.education_program_membership_start_date) < 7 then 0 else 1
                end
                <> year(record.education_program_membership_end_date)
                + case
                    when month(record.education_program_membership_end_date) < 7 then 0 else 1
                end
        when 'SPRG0723E2'
            then
                record.education_program_code = '162'
                and record.student_birth_date + interval 20 year
                <= coalesce(record.education_program_membership_end_date, parameters.as_of)
        else false
    end;
