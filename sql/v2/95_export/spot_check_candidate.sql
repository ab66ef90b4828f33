-- spot_check_candidate: what a person may look up to check a run, each an example of a class and a
-- reason.
--
-- These are all records that are sent, and all rules that put a student on hold. `identity` does
-- not depend on the order of the lines.
--
-- grain:    one row per record to be uploaded, and per student and rule that holds it
-- key:      identity
-- reads:    planned_record, finding, record_span
-- stored:   no

create or replace view recon.spot_check_candidate as

select
    action_id as identity,
    student_key,
    class,
    reason,
    school_of_attendance

from recon.planned_record

union all

select
    finding.student_key || ' ' || finding.rule as identity,
    finding.student_key,
    'held' as class,
    finding.rule as reason,
    coalesce(min(span.school_of_attendance), '') as school_of_attendance

from recon.finding
inner join recon.record_span as span
    on
        span.source_line = coalesce(finding.ods_line, finding.sis_line)
        and span.side = case when finding.ods_line is null then 'SIS' else 'CALPADS' end

where finding.severity = 'fatal'

group by
    finding.student_key,
    finding.rule;
