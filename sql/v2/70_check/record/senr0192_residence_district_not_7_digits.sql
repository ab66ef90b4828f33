-- senr0192_residence_district_not_7_digits: records to be sent whose district of geographic
-- residence is not 7 digits.
--
-- rule:     SENR0192
-- severity: fatal
-- since:    always
-- fix:      enter the 7-digit county-district code of the district that the student lives in,
--           including a leading zero; never a county office, a charter or a school; then export and
--           run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0192_residence_district_not_7_digits as

select
    action_id,
    'district_of_geographic_residence_code' as field

from recon.record_to_check

where not regexp_full_match(district_of_geographic_residence_code, '[0-9]{7}');
