-- proposed_field: every record that would be sent, field by field.
--
-- Only the fields of the layout in force are here, without those that this tool fills in itself. A
-- date is as it is written, or as it was found if it cannot be read. A blank field is null, and has
-- a row only if a rule checks for blanks: the required fields and the SSID.
--
-- grain:    one row per record and field
-- key:      action_id, column_name
-- reads:    proposed_record, evidence_record, layout
-- stored:   yes

create or replace view recon.proposed_field as

with

records as (

    select * from recon.proposed_record
    union all
    select * from recon.evidence_record

),

field_values as (

    select
        layout.required,
        proposed.action_id,
        proposed.class,
        layout.column_name,
        case layout.column_name
            when 'student_birth_date' then proposed.student_birth_date_text
            when 'enrollment_start_date' then proposed.enrollment_start_date_text
            when 'enrollment_exit_date' then proposed.enrollment_exit_date_text
            when 'reporting_lea' then proposed.reporting_lea
            when 'school_of_attendance' then proposed.school_of_attendance
            when 'school_of_attendance_nps' then proposed.school_of_attendance_nps
            when 'academic_year_id' then proposed.academic_year_id
            when 'ssid' then proposed.ssid
            when 'local_student_id' then proposed.local_student_id
            when 'student_legal_first_name' then proposed.student_legal_first_name
            when 'student_legal_middle_name' then proposed.student_legal_middle_name
            when 'student_legal_last_name' then proposed.student_legal_last_name
            when 'student_legal_name_suffix' then proposed.student_legal_name_suffix
            when 'student_alias_first_name' then proposed.student_alias_first_name
            when 'student_alias_middle_name' then proposed.student_alias_middle_name
            when 'student_alias_last_name' then proposed.student_alias_last_name
            when 'student_gender_code' then proposed.student_gender_code
            when 'student_birth_city' then proposed.student_birth_city
            when 'student_birth_state_province_code' then proposed.student_birth_state_province_code
            when 'student_birth_country_code' then proposed.student_birth_country_code
            when 'enrollment_status_code' then proposed.enrollment_status_code
            when 'grade_level_code' then proposed.grade_level_code
            when 'student_exit_reason_code' then proposed.student_exit_reason_code
            when 'student_school_completion_status_code'
                then proposed.student_school_completion_status_code
            when 'expected_receiver_school_of_attendance'
                then proposed.expected_receiver_school_of_attendance
            when 'student_met_all_uc_csu_requirements_indicator'
                then proposed.student_met_all_uc_csu_requirements_indicator
            when 'student_school_transfer_code' then proposed.student_school_transfer_code
            when 'district_of_geographic_residence_code'
                then proposed.district_of_geographic_residence_code
            when 'student_golden_state_seal_merit_diploma_indicator'
                then proposed.student_golden_state_seal_merit_diploma_indicator
            when 'student_seal_of_biliteracy_indicator'
                then proposed.student_seal_of_biliteracy_indicator
            when 'adult_age_students_with_disabilities_in_transition_status'
                then proposed.adult_age_students_with_disabilities_in_transition_status
            when 'graduation_exemption_indicator' then proposed.graduation_exemption_indicator
        end as value

    from records as proposed
    inner join reference.layout as layout on layout.role <> 'bookkeeping'

)

select
    action_id,
    class,
    column_name,
    value

from field_values

where
    value is not null
    or required = 'yes'
    or column_name = 'ssid';
