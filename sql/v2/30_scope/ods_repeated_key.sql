-- ods_repeated_key: lines of the ODS extract whose operational key occurs more than once in it.
--
-- grain:    one row per line with such a key
-- key:      ods_line
-- reads:    ods_enrollment, ods_superseded, ods_line_to_compare
-- stored:   yes

create or replace view recon.ods_repeated_key as

with

lines as (

    select
        ods.source_line,
        -- a record without one of the three has no operational key
        count(
            case when ods.school_of_attendance is not null then ods.enrollment_start_date end
        ) over (
            partition by ods.ssid, ods.school_of_attendance, ods.enrollment_start_date
        ) as lines_of_key

    from staging.ods_enrollment as ods
    -- for speed: an agreeing student has no key twice
    inner join recon.ods_line_to_compare as compared on ods.source_line = compared.ods_line
    left join recon.ods_superseded as superseded on ods.source_line = superseded.ods_line

    -- CALPADS no longer has a record that a posting has replaced
    where superseded.ods_line is null

),

repeated_lines as (

    select
        ods.source_line as ods_line,
        ods.ssid,
        ods.school_of_attendance,
        ods.enrollment_start_date,
        md5(
            concat_ws(
                '^',
                -- each value of a record: coalesce(ods.<value>, ''),
                coalesce(ods.record_type_code, ''),
                coalesce(ods.transaction_type_code, ''),
                coalesce(ods.local_record_id, ''),
                coalesce(ods.reporting_lea, ''),
                coalesce(ods.school_of_attendance, ''),
                coalesce(ods.school_of_attendance_nps, ''),
                coalesce(ods.academic_year_id, ''),
                coalesce(ods.ssid, ''),
                coalesce(ods.local_student_id, ''),
                coalesce(ods.student_legal_first_name, ''),
                coalesce(ods.student_legal_middle_name, ''),
                coalesce(ods.student_legal_last_name, ''),
                coalesce(ods.student_legal_name_suffix, ''),
                coalesce(ods.student_alias_first_name, ''),
                coalesce(ods.student_alias_middle_name, ''),
                coalesce(ods.student_alias_last_name, ''),
                coalesce(ods.student_birth_date_text, ''),
                coalesce(ods.student_gender_code, ''),
                coalesce(ods.student_birth_city, ''),
                coalesce(ods.student_birth_state_province_code, ''),
                coalesce(ods.student_birth_country_code, ''),
                coalesce(ods.enrollment_start_date_text, ''),
                coalesce(ods.enrollment_status_code, ''),
                coalesce(ods.grade_level_code, ''),
                coalesce(ods.enrollment_exit_date_text, ''),
                coalesce(ods.student_exit_reason_code, ''),
                coalesce(ods.student_school_completion_status_code, ''),
                coalesce(ods.expected_receiver_school_of_attendance, ''),
                coalesce(ods.student_met_all_uc_csu_requirements_indicator, ''),
                coalesce(ods.student_school_transfer_code, ''),
                coalesce(ods.district_of_geographic_residence_code, ''),
                coalesce(ods.student_golden_state_seal_merit_diploma_indicator, ''),
                coalesce(ods.student_seal_of_biliteracy_indicator, ''),
                coalesce(ods.adult_age_students_with_disabilities_in_transition_status, ''),
                coalesce(ods.graduation_exemption_indicator, '')
                -- end (make lock writes these lines)
            )
        ) as content_hash

    from staging.ods_enrollment as ods
    inner join lines on ods.source_line = lines.source_line

    where
        lines.lines_of_key > 1
        and ods.ssid is not null

),

compared_lines as (

    select
        ods_line,
        row_number() over (
            partition by ssid, school_of_attendance, enrollment_start_date, content_hash
            order by ods_line
        ) as place_among_twins,
        min(content_hash) over (partition by ssid, school_of_attendance, enrollment_start_date)
            as first_content,
        max(content_hash) over (partition by ssid, school_of_attendance, enrollment_start_date)
            as last_content

    from repeated_lines

)

select
    ods_line,
    -- of lines with the same content, the first is the record; the others are its twins
    place_among_twins > 1 as is_twin,
    first_content <> last_content as has_different_contents

from compared_lines;
