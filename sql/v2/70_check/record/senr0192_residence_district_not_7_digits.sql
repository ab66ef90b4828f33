-- senr0192_residence_district_not_7_digits: records to be sent whose district of geographic
-- residence is not 7 digits.
--
-- rule:     SENR0192
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record
-- stored:   no

create or replace view recon.senr0192_residence_district_not_7_digits as

select
    'SENR0192' as rule,
    student_key,
    ods_line,
    sis_line,
    'district_of_geographic_residence_code' as field,
    district_of_geographic_residence_code as value

from recon.proposed_record

where
    class <> 'remove'
    and not regexp_full_match(district_of_geographic_residence_code, '[0-9]{7}');
