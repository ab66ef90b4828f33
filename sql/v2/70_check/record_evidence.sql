-- record_evidence: how many students CALPADS has with what a rule on single records would reject.
--
-- Only rules that CALPADS does not state count, and codes that a code set lacks or dates otherwise;
-- and only what a record to be sent shows too: the same code, or for other rules the same field. A
-- record counts if it changed after the rule came into force.
--
-- grain:    one row per rule, field and code
-- key:      rule, field, way
-- reads:    record_offense, proposed_field, evidence_pattern, evidence_line, rule
-- stored:   yes

create or replace view recon.record_evidence as

with

ways as (

    select
        offense.rule,
        offense.field,
        case rule.evidence when 'code' then proposed_field.value else '' end as way,
        offense.action_id,
        rule.since,
        offense.action_id like 'ODS line %' as is_evidence

    from recon.record_offense as offense
    inner join reference.rule as rule
        on offense.rule = rule.code and rule.evidence in ('code', 'record')
    left join recon.proposed_field
        on
            offense.action_id = proposed_field.action_id
            and offense.field = proposed_field.column_name

),

-- for speed: in most runs there is none, and nothing more is read
patterns as (

    select distinct
        shown.rule,
        shown.field,
        shown.way,
        shown.since,
        pattern.academic_year_id,
        pattern.enrollment_status_code,
        pattern.grade_level_code,
        pattern.student_gender_code,
        pattern.student_exit_reason_code,
        pattern.student_school_completion_status_code,
        pattern.student_met_all_uc_csu_requirements_indicator,
        pattern.student_school_transfer_code,
        pattern.student_golden_state_seal_merit_diploma_indicator,
        pattern.student_seal_of_biliteracy_indicator,
        pattern.adult_age_students_with_disabilities_in_transition_status,
        pattern.graduation_exemption_indicator,
        pattern.has_exit_date,
        pattern.is_born_after_start

    from ways as shown
    inner join ways as wanted
        on
            shown.rule = wanted.rule
            and shown.field = wanted.field
            and shown.way = wanted.way
    inner join recon.evidence_pattern as pattern
        on shown.action_id = 'ODS line ' || pattern.ods_line

    where
        shown.is_evidence
        and not wanted.is_evidence

)

select
    patterns.rule,
    patterns.field,
    patterns.way,
    count(distinct lines.ssid) as students

from patterns
inner join recon.evidence_line as lines
    on
        patterns.academic_year_id is not distinct from lines.academic_year_id
        and patterns.enrollment_status_code is not distinct from lines.enrollment_status_code
        and patterns.grade_level_code is not distinct from lines.grade_level_code
        and patterns.student_gender_code is not distinct from lines.student_gender_code
        and patterns.student_exit_reason_code is not distinct from lines.student_exit_reason_code
        and patterns.student_school_completion_status_code
        is not distinct from lines.student_school_completion_status_code
        and patterns.student_met_all_uc_csu_requirements_indicator
        is not distinct from lines.student_met_all_uc_csu_requirements_indicator
        and patterns.student_school_transfer_code
        is not distinct from lines.student_school_transfer_code
        and patterns.student_golden_state_seal_merit_diploma_indicator
        is not distinct from lines.student_golden_state_seal_merit_diploma_indicator
        and patterns.student_seal_of_biliteracy_indicator
        is not distinct from lines.student_seal_of_biliteracy_indicator
        and patterns.adult_age_students_with_disabilities_in_transition_status
        is not distinct from lines.adult_age_students_with_disabilities_in_transition_status
        and patterns.graduation_exemption_indicator
        is not distinct from lines.graduation_exemption_indicator
        and patterns.has_exit_date is not distinct from lines.has_exit_date
        and patterns.is_born_after_start is not distinct from lines.is_born_after_start

where
    patterns.since is null
    or replace(
        greatest(coalesce(lines.upload_date, ''), coalesce(lines.last_date_updated, '')), '-', ''
    ) >= strftime(patterns.since, '%Y%m%d')

group by
    patterns.rule,
    patterns.field,
    patterns.way;
