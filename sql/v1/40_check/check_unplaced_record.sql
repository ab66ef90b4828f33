-- check_unplaced_record: SIS records whose LEA, school or start date is blank or cannot be read.
--
-- Whose records they are, and which of CALPADS's, must be clear before anything of the student is
-- sent. The other checks look at the records to be sent; this one at those that would not be.
--
-- rule:     FRMT0002, GERR0001, KEY-FORMAT
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    target_enrollment, proposed_record
-- stored:   no

create or replace view recon.check_unplaced_record as

with

unsent_records as (

    select
        target.student_key,
        target.ods_line,
        target.sis_line,
        target.reporting_lea,
        target.school_of_attendance,
        target.enrollment_start_date,
        target.enrollment_start_date_unreadable

    from recon.target_enrollment as target
    left join recon.proposed_record as proposed on target.sis_line = proposed.sis_line

    where proposed.action_id is null

)

select
    case when reporting_lea is null then 'GERR0001' else 'KEY-FORMAT' end as rule,
    student_key,
    ods_line,
    sis_line,
    'reporting_lea' as field,
    reporting_lea as value

from unsent_records

where
    reporting_lea is null
    or not regexp_full_match(reporting_lea, '[0-9]{7}')

union all

select
    case when school_of_attendance is null then 'GERR0001' else 'KEY-FORMAT' end as rule,
    student_key,
    ods_line,
    sis_line,
    'school_of_attendance' as field,
    school_of_attendance as value

from unsent_records

where
    school_of_attendance is null
    or not regexp_full_match(school_of_attendance, '[0-9]{7}')

union all

select
    case when enrollment_start_date_unreadable is null then 'GERR0001' else 'FRMT0002' end as rule,
    student_key,
    ods_line,
    sis_line,
    'enrollment_start_date' as field,
    enrollment_start_date_unreadable as value

from unsent_records

where enrollment_start_date is null;
