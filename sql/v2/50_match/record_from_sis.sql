-- record_from_sis: the records to send that come from the SIS side: exits, updates and adds.
--
-- Names are sent in their plain form.
--
-- grain:    one row per record of the class exit, update or add
-- key:      sis_line
-- reads:    record_to_send, target_enrollment, sis_enrollment, plain_name
-- stored:   no

create or replace view recon.record_from_sis as

with

plain_names as (

    select
        source_line,
        max(case when field = 'student_legal_first_name' then plain_name end)
            as student_legal_first_name,
        max(case when field = 'student_legal_middle_name' then plain_name end)
            as student_legal_middle_name,
        max(case when field = 'student_legal_last_name' then plain_name end)
            as student_legal_last_name,
        max(case when field = 'student_legal_name_suffix' then plain_name end)
            as student_legal_name_suffix,
        max(case when field = 'student_alias_first_name' then plain_name end)
            as student_alias_first_name,
        max(case when field = 'student_alias_middle_name' then plain_name end)
            as student_alias_middle_name,
        max(case when field = 'student_alias_last_name' then plain_name end)
            as student_alias_last_name

    from recon.plain_name

    where side = 'SIS'

    group by source_line

)

select
    record_to_send.class,
    target.student_key,
    record_to_send.ods_line,
    record_to_send.sis_line,
    cast(null as varchar) as transaction_type_code,
    target.reporting_lea,
    target.school_of_attendance,
    target.school_of_attendance_nps,
    target.academic_year_id,
    target.ssid,
    target.local_student_id,
    nullif(coalesce(plain.student_legal_first_name, sis.student_legal_first_name), '')
        as student_legal_first_name,
    nullif(coalesce(plain.student_legal_middle_name, sis.student_legal_middle_name), '')
        as student_legal_middle_name,
    nullif(coalesce(plain.student_legal_last_name, sis.student_legal_last_name), '')
        as student_legal_last_name,
    nullif(coalesce(plain.student_legal_name_suffix, sis.student_legal_name_suffix), '')
        as student_legal_name_suffix,
    nullif(coalesce(plain.student_alias_first_name, sis.student_alias_first_name), '')
        as student_alias_first_name,
    nullif(coalesce(plain.student_alias_middle_name, sis.student_alias_middle_name), '')
        as student_alias_middle_name,
    nullif(coalesce(plain.student_alias_last_name, sis.student_alias_last_name), '')
        as student_alias_last_name,
    sis.student_birth_date,
    coalesce(strftime(sis.student_birth_date, '%Y%m%d'), sis.student_birth_date_text)
        as student_birth_date_text,
    target.student_gender_code,
    sis.student_birth_city,
    sis.student_birth_state_province_code,
    sis.student_birth_country_code,
    target.enrollment_start_date,
    target.school_year_start,
    coalesce(
        strftime(target.enrollment_start_date, '%Y%m%d'), target.enrollment_start_date_unreadable
    )
        as enrollment_start_date_text,
    target.enrollment_status_code,
    target.grade_level_code,
    target.enrollment_exit_date,
    coalesce(
        strftime(target.enrollment_exit_date, '%Y%m%d'), target.enrollment_exit_date_unreadable
    )
        as enrollment_exit_date_text,
    target.student_exit_reason_code,
    target.student_school_completion_status_code,
    target.expected_receiver_school_of_attendance,
    target.student_met_all_uc_csu_requirements_indicator,
    target.student_school_transfer_code,
    target.district_of_geographic_residence_code,
    target.student_golden_state_seal_merit_diploma_indicator,
    target.student_seal_of_biliteracy_indicator,
    target.adult_age_students_with_disabilities_in_transition_status,
    target.graduation_exemption_indicator

from recon.record_to_send
inner join recon.target_enrollment as target on record_to_send.sis_line = target.sis_line
inner join staging.sis_enrollment as sis on record_to_send.sis_line = sis.source_line
left join plain_names as plain on record_to_send.sis_line = plain.source_line

where record_to_send.class in ('exit', 'update', 'add');
