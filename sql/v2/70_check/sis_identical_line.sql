-- sis_identical_line: lines of the SIS extract that occur more than once with the same content.
--
-- grain:    one row per such line
-- key:      sis_line
-- reads:    sis_to_compare, sis_enrollment
-- stored:   yes

create or replace view recon.sis_identical_line as

with

contents as (

    select
        sis.sis_line,
        md5(
            concat_ws(
                '^',
                -- each value of a record: coalesce(staged.<value>, ''),
                coalesce(staged.record_type_code, ''),
                coalesce(staged.transaction_type_code, ''),
                coalesce(staged.local_record_id, ''),
                coalesce(staged.reporting_lea, ''),
                coalesce(staged.school_of_attendance, ''),
                coalesce(staged.school_of_attendance_nps, ''),
                coalesce(staged.academic_year_id, ''),
                coalesce(staged.ssid, ''),
                coalesce(staged.local_student_id, ''),
                coalesce(staged.student_legal_first_name, ''),
                coalesce(staged.student_legal_middle_name, ''),
                coalesce(staged.student_legal_last_name, ''),
                coalesce(staged.student_legal_name_suffix, ''),
                coalesce(staged.student_alias_first_name, ''),
                coalesce(staged.student_alias_middle_name, ''),
                coalesce(staged.student_alias_last_name, ''),
                coalesce(staged.student_birth_date_text, ''),
                coalesce(staged.student_gender_code, ''),
                coalesce(staged.student_birth_city, ''),
                coalesce(staged.student_birth_state_province_code, ''),
                coalesce(staged.student_birth_country_code, ''),
                coalesce(staged.enrollment_start_date_text, ''),
                coalesce(staged.enrollment_status_code, ''),
                coalesce(staged.grade_level_code, ''),
                coalesce(staged.enrollment_exit_date_text, ''),
                coalesce(staged.student_exit_reason_code, ''),
                coalesce(staged.student_school_completion_status_code, ''),
                coalesce(staged.expected_receiver_school_of_attendance, ''),
                coalesce(staged.student_met_all_uc_csu_requirements_indicator, ''),
                coalesce(staged.student_school_transfer_code, ''),
                coalesce(staged.district_of_geographic_residence_code, ''),
                coalesce(staged.student_golden_state_seal_merit_diploma_indicator, ''),
                coalesce(staged.student_seal_of_biliteracy_indicator, ''),
                coalesce(staged.adult_age_students_with_disabilities_in_transition_status, ''),
                coalesce(staged.graduation_exemption_indicator, '')
                -- end (make lock writes these lines)
            )
        ) as content_hash

    -- for speed: only the few lines whose key occurs more than once
    from recon.sis_to_compare as sis
    inner join staging.sis_enrollment as staged on sis.sis_line = staged.source_line

    where sis.is_key_twice

),

counts as (

    select
        sis_line,
        count(*) over (partition by content_hash) as lines

    from contents

)

select sis_line

from counts

where lines > 1;
