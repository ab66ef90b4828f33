-- senr0006_academic_year_not_valid: records to be sent whose academic year is not two consecutive
-- years, or too far ahead.
--
-- rule:     SENR0006
-- severity: fatal
-- since:    always
-- fix:      correct the enrollment's start date in the SIS, because the academic year comes from
--           it; for a no-show, correct the record in CALPADS; then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, run_parameters
-- stored:   no

create or replace view recon.senr0006_academic_year_not_valid as

select
    record_to_check.action_id,
    'academic_year_id' as field

from recon.record_to_check
cross join reference.run_parameters as parameters

where
    case
        when
            regexp_full_match(record_to_check.academic_year_id, '[0-9]{4}-[0-9]{4}')
            then
                cast(right(record_to_check.academic_year_id, 4) as integer)
                <> cast(left(record_to_check.academic_year_id, 4) as integer) + 1
                or cast(left(record_to_check.academic_year_id, 4) as integer)
                > year(parameters.school_year_start) + 1
        else record_to_check.academic_year_id is not null
    end;
