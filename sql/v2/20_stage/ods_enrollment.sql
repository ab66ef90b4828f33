-- ods_enrollment: every enrollment record of the ODS extract, with trimmed, typed and named
-- columns.
--
-- grain:    one row per line of the ODS extract, and per record posted since
-- key:      source_line
-- reads:    ods_raw
-- stored:   no

create or replace view staging.ods_enrollment as

with

-- The length shows how a date is written. It also rejects what strptime would accept by mistake.
typed_lines as (

    select
        source_line,
        file_name,
        line_number,
        nullif(upper(trim(record_type_code)), '') as record_type_code,
        nullif(upper(trim(transaction_type_code)), '') as transaction_type_code,
        nullif(trim(local_record_id), '') as local_record_id,
        nullif(upper(trim(reporting_lea)), '') as reporting_lea,
        nullif(upper(trim(school_of_attendance)), '') as school_of_attendance,
        nullif(trim(academic_year_id), '') as academic_year_id,
        nullif(trim(ssid), '') as ssid,
        nullif(trim(local_student_id), '') as local_student_id,
        nullif(trim(student_legal_first_name), '') as student_legal_first_name,
        nullif(trim(student_legal_middle_name), '') as student_legal_middle_name,
        nullif(trim(student_legal_last_name), '') as student_legal_last_name,
        nullif(trim(student_legal_name_suffix), '') as student_legal_name_suffix,
        nullif(trim(student_alias_first_name), '') as student_alias_first_name,
        nullif(trim(student_alias_middle_name), '') as student_alias_middle_name,
        nullif(trim(student_alias_last_name), '') as student_alias_last_name,
        case length(trim(student_birth_date))
            when 8 then try_strptime(trim(student_birth_date), '%Y%m%d')
            when 10 then try_strptime(trim(student_birth_date), '%Y-%m-%d')
        end::date as student_birth_date,
        nullif(trim(student_birth_date), '') as student_birth_date_text,
        nullif(upper(trim(student_gender_code)), '') as student_gender_code,
        nullif(trim(student_birth_city), '') as student_birth_city,
        nullif(upper(trim(student_birth_state_province_code)), '')
            as student_birth_state_province_code,
        nullif(upper(trim(student_birth_country_code)), '') as student_birth_country_code,
        case length(trim(enrollment_start_date))
            when 8 then try_strptime(trim(enrollment_start_date), '%Y%m%d')
            when 10 then try_strptime(trim(enrollment_start_date), '%Y-%m-%d')
        end::date as enrollment_start_date,
        nullif(trim(enrollment_start_date), '') as enrollment_start_date_text,
        case length(trim(enrollment_exit_date))
            when 8 then try_strptime(trim(enrollment_exit_date), '%Y%m%d')
            when 10 then try_strptime(trim(enrollment_exit_date), '%Y-%m-%d')
        end::date as enrollment_exit_date,
        nullif(trim(enrollment_exit_date), '') as enrollment_exit_date_text,
        -- each compared code: nullif(upper(trim(<code>)), '') as <code>,
        nullif(upper(trim(school_of_attendance_nps)), '') as school_of_attendance_nps,
        nullif(upper(trim(enrollment_status_code)), '') as enrollment_status_code,
        nullif(upper(trim(grade_level_code)), '') as grade_level_code,
        nullif(upper(trim(student_exit_reason_code)), '') as student_exit_reason_code,
        nullif(upper(trim(student_school_completion_status_code)), '')
            as student_school_completion_status_code,
        nullif(upper(trim(expected_receiver_school_of_attendance)), '')
            as expected_receiver_school_of_attendance,
        nullif(upper(trim(student_met_all_uc_csu_requirements_indicator)), '')
            as student_met_all_uc_csu_requirements_indicator,
        nullif(upper(trim(student_school_transfer_code)), '') as student_school_transfer_code,
        nullif(upper(trim(district_of_geographic_residence_code)), '')
            as district_of_geographic_residence_code,
        nullif(upper(trim(student_golden_state_seal_merit_diploma_indicator)), '')
            as student_golden_state_seal_merit_diploma_indicator,
        nullif(upper(trim(student_seal_of_biliteracy_indicator)), '')
            as student_seal_of_biliteracy_indicator,
        nullif(upper(trim(adult_age_students_with_disabilities_in_transition_status)), '')
            as adult_age_students_with_disabilities_in_transition_status,
        nullif(upper(trim(graduation_exemption_indicator)), '') as graduation_exemption_indicator,
        -- end (make lock writes these lines)
        case length(trim(upload_date))
            when 8 then try_strptime(trim(upload_date), '%Y%m%d')
            when 10 then try_strptime(trim(upload_date), '%Y-%m-%d')
        end::date as upload_date,
        case length(trim(last_date_updated))
            when 8 then try_strptime(trim(last_date_updated), '%Y%m%d')
            when 10 then try_strptime(trim(last_date_updated), '%Y-%m-%d')
        end::date as last_date_updated

    from staging.ods_raw

)

select
    *,
    make_date(
        year(enrollment_start_date)
        - case when month(enrollment_start_date) < 7 then 1 else 0 end,
        7,
        1
    ) as school_year_start

from typed_lines;
