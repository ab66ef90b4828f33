-- open_finding: what someone must look at: each student with each fatal rule or warning found.
--
-- This is what counts as solved or new from one run to the next. A student is known by the SSID, or
-- else by the local ID. So a finding stays the same one if a date or a line changes, and it is
-- solved when no record of the student breaks the rule any more.
--
-- grain:    one row per LEA, student and rule
-- key:      reporting_lea, student, rule
-- reads:    finding, ods_to_compare, sis_to_compare, run_parameters, known_school
-- stored:   no

create or replace view recon.open_finding as

with

found as (

    select
        finding.severity,
        finding.rule,
        coalesce(
            nullif(sis.student_lea, ''), nullif(ods.student_lea, ''), parameters.lea, ''
        ) as reporting_lea,
        coalesce(
            sis.ssid,
            ods.ssid,
            'local ' || coalesce(sis.local_student_id, ods.local_student_id),
            ''
        ) as student,
        coalesce(sis.local_student_id, ods.local_student_id) as local_student_id,
        coalesce(sis.school_of_attendance, ods.school_of_attendance) as school_of_attendance

    from recon.finding
    cross join reference.run_parameters as parameters
    left join recon.ods_to_compare as ods on finding.ods_line = ods.ods_line
    left join recon.sis_to_compare as sis on finding.sis_line = sis.sis_line

    where finding.severity in ('fatal', 'warning')

)

select
    found.reporting_lea,
    found.student,
    found.rule,
    min(found.severity) as severity,
    min(found.local_student_id) as local_student_id,
    min(known_school.school_of_attendance) as school_of_attendance,
    count(*) as findings

from found
left join recon.known_school
    on found.school_of_attendance = known_school.school_of_attendance

group by
    found.reporting_lea,
    found.student,
    found.rule;
