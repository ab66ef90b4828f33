-- senr0742_start_not_in_academic_year: records to be sent whose start date is not in their academic
-- year.
--
-- SENR0006 finds an academic year that is not two consecutive years.
--
-- rule:     SENR0742
-- severity: fatal
-- since:    2025-11-01
-- fix:      correct the start date in the SIS; for a no-show, correct the record in CALPADS; then
--           run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.senr0742_start_not_in_academic_year as

select
    action_id,
    'academic_year_id' as field

from recon.record_to_check

where
    case
        when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
            then cast(left(academic_year_id, 4) as integer)
    end
    <> year(school_year_start);
