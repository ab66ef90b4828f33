-- evidence_record: one record for each pattern of the ODS extract, for the checks.
--
-- It has what the pattern has; the other fields are blank, and its dates are usual ones of that school
-- year.
--
-- grain:    one row per pattern
-- key:      action_id
-- reads:    evidence_pattern
-- stored:   no

create or replace view recon.evidence_record as

with

years as (

    select
        *,
        case
            when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
                then make_date(cast(left(academic_year_id, 4) as integer), 7, 1)
        end as school_year_start

    from recon.evidence_pattern

),

dates as (

    select
        *,
        school_year_start + 45 as start_date,
        case when has_exit_date then school_year_start + 330 end as exit_date

    from years

),

birth_dates as (

    select
        *,
        case when is_born_after_start then start_date end as birth_date

    from dates

)

select
    'ODS line ' || ods_line as action_id,
    'evidence' as class,
    cast(null as varchar) as student_key,
    ods_line,
    cast(null as bigint) as sis_line,
    cast(null as varchar) as transaction_type_code,
    cast(null as varchar) as reporting_lea,
    cast(null as varchar) as school_of_attendance,
    cast(null as varchar) as school_of_attendance_nps,
    academic_year_id,
    cast(null as varchar) as ssid,
    cast(null as varchar) as local_student_id,
    cast(null as varchar) as student_legal_first_name,
    cast(null as varchar) as student_legal_middle_name,
    cast(null as varchar) as student_legal_last_name,
    cast(null as varchar) as student_legal_name_suffix,
    cast(null as varchar) as student_alias_first_name,
    cast(null as varchar) as student_alias_middle_name,
    cast(null as varchar) as student_alias_last_name,
    strftime(birth_date, '%Y%m%d') as student_birth_date_text,
    student_gender_code,
    cast(null as varchar) as student_birth_city,
    cast(null as varchar) as student_birth_state_province_code,
    cast(null as varchar) as student_birth_country_code,
    strftime(start_date, '%Y%m%d') as enrollment_start_date_text,
    enrollment_status_code,
    grade_level_code,
    strftime(exit_date, '%Y%m%d') as enrollment_exit_date_text,
    student_exit_reason_code,
    student_school_completion_status_code,
    cast(null as varchar) as expected_receiver_school_of_attendance,
    student_met_all_uc_csu_requirements_indicator,
    student_school_transfer_code,
    cast(null as varchar) as district_of_geographic_residence_code,
    student_golden_state_seal_merit_diploma_indicator,
    student_seal_of_biliteracy_indicator,
    adult_age_students_with_disabilities_in_transition_status,
    graduation_exemption_indicator,
    birth_date as student_birth_date,
    start_date as enrollment_start_date,
    school_year_start,
    exit_date as enrollment_exit_date

from birth_dates;
