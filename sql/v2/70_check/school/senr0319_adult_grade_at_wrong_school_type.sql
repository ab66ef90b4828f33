-- senr0319_adult_grade_at_wrong_school_type: records to be sent with an adult grade elsewhere than
-- in adult education.
--
-- Or with another grade in an adult education center.
--
-- rule:     SENR0319
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    proposed_record, proposed_school
-- stored:   no

create or replace view recon.senr0319_adult_grade_at_wrong_school_type as

select
    'SENR0319' as rule,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    'grade_level_code' as field,
    proposed.grade_level_code as value

from recon.proposed_record as proposed
inner join recon.proposed_school on proposed.action_id = proposed_school.action_id

where
    proposed.class <> 'remove'
    and (
        (
            lower(proposed_school.school_type) like '%adult%'
            and proposed.grade_level_code <> 'AD'
        )
        or (
            lower(proposed_school.school_type) not like '%adult%'
            and proposed.grade_level_code = 'AD'
        )
    );
