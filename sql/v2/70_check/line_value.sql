-- line_value: the value of the field of each offense on a record that may not be sent.
--
-- It is the SIS's value if the SIS has the record. The exit is the one that CALPADS should show.
-- The completion status is the SIS's own, because in a contradiction the one that CALPADS should
-- show is blank.
--
-- grain:    one row per rule, record and field
-- key:      rule, ods_line, sis_line, field
-- reads:    offense, ods_to_compare, sis_to_compare, target_exit, sis_enrollment
-- stored:   no

create or replace view recon.line_value as

with

offenses_on_lines as (

    select distinct
        rule,
        ods_line,
        sis_line,
        -- for one person under two SSIDs, show the local student ID
        field,
        case when rule = 'SSID-MISMATCH' then 'local_student_id' else field end as shown_field

    from recon.offense

    where action_id is null

)

select
    offense.rule,
    offense.ods_line,
    offense.sis_line,
    offense.field,
    case offense.shown_field
        when 'reporting_lea' then sis.reporting_lea
        when 'school_of_attendance' then sis.school_of_attendance
        when 'ssid' then sis.ssid
        when 'local_student_id' then sis.local_student_id
        when 'enrollment_start_date'
            then coalesce(
                strftime(sis.enrollment_start_date, '%Y%m%d'), sis.enrollment_start_date_unreadable
            )
        when 'enrollment_exit_date' then strftime(target_exit.enrollment_exit_date, '%Y%m%d')
        when 'student_exit_reason_code' then target_exit.student_exit_reason_code
        when 'student_school_completion_status_code'
            then sis.student_school_completion_status_code
        when 'student_birth_date' then strftime(staged.student_birth_date, '%Y%m%d')
        when 'student_gender_code' then sis.student_gender_code
        when 'student_legal_first_name' then staged.student_legal_first_name
        when 'student_legal_middle_name' then staged.student_legal_middle_name
        when 'student_legal_last_name' then staged.student_legal_last_name
        when 'student_legal_name_suffix' then staged.student_legal_name_suffix
        when 'student_alias_first_name' then staged.student_alias_first_name
        when 'student_alias_middle_name' then staged.student_alias_middle_name
        when 'student_alias_last_name' then staged.student_alias_last_name
        when 'student_birth_city' then staged.student_birth_city
        when 'student_birth_state_province_code' then staged.student_birth_state_province_code
        when 'student_birth_country_code' then staged.student_birth_country_code
    end as value

from offenses_on_lines as offense
inner join recon.sis_to_compare as sis on offense.sis_line = sis.sis_line
inner join staging.sis_enrollment as staged on offense.sis_line = staged.source_line
left join recon.target_exit on offense.sis_line = target_exit.sis_line

union all

select
    offense.rule,
    offense.ods_line,
    offense.sis_line,
    offense.field,
    case offense.shown_field
        when 'reporting_lea' then ods.reporting_lea
        when 'local_student_id' then ods.local_student_id
        when 'enrollment_start_date'
            then coalesce(
                strftime(ods.enrollment_start_date, '%Y%m%d'), ods.enrollment_start_date_unreadable
            )
        when 'student_exit_reason_code' then ods.student_exit_reason_code
    end as value

from offenses_on_lines as offense
inner join recon.ods_to_compare as ods on offense.ods_line = ods.ods_line

where offense.sis_line is null;
