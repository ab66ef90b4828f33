-- lea_school_or_start_unreadable: records whose LEA, school or start date is blank or cannot be
-- read.
--
-- We must know whose records they are, and which CALPADS records they match, before we send
-- anything for the student. Other checks cover the records to be sent; this one covers the records
-- that would not be sent. For ODS records only the LEA counts, and only in a run of several LEAs.
--
-- rule:     FRMT0002, GERR0001, KEY-FORMAT
-- severity: fatal
-- since:    always
-- fix:      FRMT0002: correct the date in the SIS, or the way its export writes dates (YYYYMMDD);
--           for a removal or a no-show, download the ODS extract again; then run again. GERR0001:
--           fill in the field on the student's or the enrollment's page in the SIS, or add it to
--           the export, then export and run again. KEY-FORMAT: correct the code in the SIS, or
--           translate a local school or LEA code under [translate] in senr.toml; if leading zeros
--           are missing, fix the export, because a spreadsheet removes them; then run again
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    sis_to_compare, ods_to_compare, proposed_record, run_parameters
-- stored:   no

create or replace view recon.lea_school_or_start_unreadable as

with

unplaced_records as (

    select
        sis.ods_line,
        sis.sis_line,
        sis.reporting_lea,
        sis.school_of_attendance,
        sis.enrollment_start_date,
        sis.enrollment_start_date_unreadable

    from recon.sis_to_compare as sis
    left join recon.proposed_record as proposed on sis.sis_line = proposed.sis_line

    where
        sis.scope_reason is null
        and proposed.action_id is null
        and (
            sis.enrollment_start_date is null
            or not regexp_full_match(coalesce(sis.reporting_lea, ''), '[0-9]{7}')
            or not regexp_full_match(coalesce(sis.school_of_attendance, ''), '[0-9]{7}')
        )

),

field_values as (

    select
        ods_line,
        sis_line,
        'reporting_lea' as field,
        reporting_lea as value

    from unplaced_records

    union all

    select
        ods_line,
        sis_line,
        'school_of_attendance' as field,
        school_of_attendance as value

    from unplaced_records

    union all

    select
        ods_line,
        sis_line,
        'enrollment_start_date' as field,
        enrollment_start_date_unreadable as value

    from unplaced_records

    where enrollment_start_date is null

    union all

    select
        ods.ods_line,
        cast(null as bigint) as sis_line,
        'reporting_lea' as field,
        ods.reporting_lea as value

    from reference.run_parameters as parameters
    inner join recon.ods_to_compare as ods on ods.student_lea = ''
    left join recon.proposed_record as proposed on ods.ods_line = proposed.ods_line

    where
        parameters.has_several_leas
        and ods.scope_reason is null
        and proposed.action_id is null

)

select
    ods_line,
    sis_line,
    field,
    case
        when value is null then 'GERR0001'
        when field = 'enrollment_start_date' then 'FRMT0002'
        else 'KEY-FORMAT'
    end as rule

from field_values

where
    value is null
    or field = 'enrollment_start_date'
    or not regexp_full_match(value, '[0-9]{7}');
