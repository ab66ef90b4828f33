-- senr0006_academic_year_not_valid: records to be sent whose academic year is no year pair, or too
-- far ahead.
--
-- rule:     SENR0006
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, run_parameters
-- stored:   no

create or replace view recon.senr0006_academic_year_not_valid as

select
    'SENR0006' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'academic_year_id' as field,
    proposed.academic_year_id as value

from recon.proposed_record as proposed
cross join reference.run_parameters as parameters

where
    proposed.class <> 'remove'
    and case
        when
            regexp_full_match(proposed.academic_year_id, '[0-9]{4}-[0-9]{4}')
            then
                cast(right(proposed.academic_year_id, 4) as integer)
                <> cast(left(proposed.academic_year_id, 4) as integer) + 1
                or cast(left(proposed.academic_year_id, 4) as integer)
                > year(parameters.school_year_start) + 1
        else proposed.academic_year_id is not null
    end;
