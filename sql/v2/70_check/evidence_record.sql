-- evidence_record: one record for each pattern of the ODS extract that the checks look at.
--
-- It has what the pattern has; the other fields are blank, and its dates are usual ones of that
-- school year.
--
-- grain:    one row per pattern
-- key:      action_id
-- reads:    evidence_pattern
-- stored:   no

create or replace view recon.evidence_record as

with

years as (

    select
        ods_line,
        has_exit_date,
        is_born_after_start,
        case
            when regexp_full_match(academic_year_id, '[0-9]{4}-[0-9]{4}')
                then make_date(cast(left(academic_year_id, 4) as integer), 7, 1)
        end as school_year_start

    from recon.evidence_pattern

),

dates as (

    select
        ods_line,
        school_year_start,
        school_year_start + 45 as start_date,
        case when has_exit_date then school_year_start + 330 end as exit_date,
        case when is_born_after_start then school_year_start + 45 end as birth_date

    from years

)

select
    'ODS line ' || pattern.ods_line as action_id,
    'evidence' as class,
    cast(null as varchar) as student_key,
    pattern.ods_line,
    cast(null as bigint) as sis_line,
    cast(null as varchar) as transaction_type_code,
    cast(null as varchar) as reporting_lea,
    cast(null as varchar) as school_of_attendance,
    cast(null as varchar) as school_of_attendance_nps,
    pattern.academic_year_id,
    cast(null as varchar) as ssid,
    cast(null as varchar) as local_student_id,
    cast(null as varchar) as student_legal_first_name,
    cast(null as varchar) as student_legal_middle_name,
    cast(null as varchar) as student_legal_last_name,
    cast(null as varchar) as student_legal_name_suffix,
    cast(null as varchar) as student_alias_first_name,
    cast(null as varchar) as student_alias_middle_name,
    cast(null as varchar) as student_alias_last_name,
    strftime(dates.birth_date, '%Y%m%d') as student_birth_date_text,
    pattern.student_gender_code,
    cast(null as varchar) as student_birth_city,
    cast(null as varchar) as student_birth_state_province_code,
    cast(null as varchar) as student_birth_country_code,
    strftime(dates.start_date, '%Y%m%d') as enrollment_start_date_text,
    pattern.enrollment_status_code,
    pattern.grade_level_code,
    strftime(dates.exit_date, '%Y%m%d') as enrollment_exit_date_text,
    pattern.student_exit_reason_code,
    pattern.student_school_completion_status_code,
    cast(null as varchar) as expected_receiver_school_of_attendance,
    pattern.student_met_all_uc_csu_requirements_indicator,
    pattern.student_school_transfer_code,
    cast(null as varchar) as district_of_geographic_residence_code,
    pattern.student_golden_state_seal_merit_diploma_indicator,
    pattern.student_seal_of_biliteracy_indicator,
    pattern.adult_age_students_with_disabilities_in_transition_status,
    pattern.graduation_exemption_indicator,
    dates.birth_date as student_birth_date,
    dates.start_date as enrollment_start_date,
    dates.school_year_start,
    dates.exit_date as enrollment_exit_date

from recon.evidence_pattern as pattern
inner join dates on pattern.ods_line = dates.ods_line;
