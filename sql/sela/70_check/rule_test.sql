-- rule_test: the rules of CALPADS that a record of SELA breaks.
--
-- compared_rules.csv has the text of each rule, and what it does here.
--
-- grain:    one row per record and rule
-- key:      side, source_line, rule
-- reads:    checked_status, compared_rule, compare_parameters
-- stored:   no

create or replace view compare.rule_test as

select
    record.side,
    record.source_line,
    rule.code as rule,
    rule.is_holding

from compare.checked_status as record
cross join reference.compared_rule as rule
cross join reference.compare_parameters as parameters

where
    case rule.code
        when 'FRMT0002'
            then
                record.english_language_acquisition_status_start_date is null
                and record.english_language_acquisition_status_start_date_text is not null
        when 'GERR0008' then record.transaction_type_code not in ('A', 'R', 'D')
        when 'IVR0006' then not regexp_full_match(record.academic_year_id, '[0-9]{4}-[0-9]{4}')
        when 'IVR0164'
            then
                record.english_language_acquisition_status_code <> 'EO'
                and record.english_language_acquisition_status_start_date_text is null
        when 'SELA0280'
            then
                lower(record.primary_language_code) in ('00', 'eng', 'ase')
                and record.english_language_acquisition_status_code <> 'EO'
        when 'TBD-90'
            then
                record.english_language_acquisition_status_code = 'TBD'
                and record.english_language_acquisition_status_start_date
                < parameters.as_of - interval 90 day
        else false
    end;
