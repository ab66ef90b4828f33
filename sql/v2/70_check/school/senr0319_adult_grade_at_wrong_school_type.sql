-- senr0319_adult_grade_at_wrong_school_type: records to be sent with grade AD outside an adult
-- education center, or another grade in one.
--
-- rule:     SENR0319
-- severity: fatal
-- since:    2017-09-01
-- fix:      correct the grade or the school in the SIS, or the school's type in the school list,
--           then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, proposed_school
-- stored:   no

create or replace view recon.senr0319_adult_grade_at_wrong_school_type as

select
    record_to_check.action_id,
    'grade_level_code' as field

from recon.record_to_check
inner join recon.proposed_school on record_to_check.action_id = proposed_school.action_id

where
    (
        lower(proposed_school.school_type) like '%adult%'
        and record_to_check.grade_level_code <> 'AD'
    )
    or (
        lower(proposed_school.school_type) not like '%adult%'
        and record_to_check.grade_level_code = 'AD'
    );
