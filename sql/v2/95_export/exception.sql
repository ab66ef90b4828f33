-- exception: every finding as exceptions.csv lists it.
--
-- The message is the catalog's, with facts from the record. Line numbers are those of the line's
-- own file. A record that has posted since the ODS extract was made has neither file nor line
-- number.
--
-- grain:    one row per finding
-- key:      rule, ods_file, ods_line, sis_file, sis_line, field
-- reads:    finding, finding_fact, held_student, ods_enrollment, sis_enrollment, posted_since
-- stored:   no

create or replace view recon.exception as

select
    finding.severity,
    finding.rule,
    finding.student_key,
    coalesce(sis.ssid, ods.ssid) as ssid,
    coalesce(sis.local_student_id, ods.local_student_id) as local_student_id,
    coalesce(sis.school_of_attendance, ods.school_of_attendance) as school_of_attendance,
    coalesce(
        strftime(coalesce(sis.enrollment_start_date, ods.enrollment_start_date), '%Y%m%d'),
        sis.enrollment_start_date_text,
        ods.enrollment_start_date_text
    ) as enrollment_start_date,
    finding.field,
    finding.value,
    case when held_student.student_key is null then 'N' else 'Y' end as held,
    case when posted_since.ods_line is null then ods.line_number end as ods_line,
    sis.line_number as sis_line,
    fact.message,
    finding.fix,
    coalesce(sis.reporting_lea, ods.reporting_lea) as reporting_lea,
    case when posted_since.ods_line is null then ods.file_name end as ods_file,
    sis.file_name as sis_file

from recon.finding
inner join recon.finding_fact as fact
    on
        finding.rule = fact.rule
        and finding.ods_line is not distinct from fact.ods_line
        and finding.sis_line is not distinct from fact.sis_line
        and finding.field is not distinct from fact.field
left join recon.held_student on finding.student_key = held_student.student_key
left join staging.ods_enrollment as ods on finding.ods_line = ods.source_line
left join staging.sis_enrollment as sis on finding.sis_line = sis.source_line
left join recon.posted_since on finding.ods_line = posted_since.ods_line;
