-- posted_entry: every record of the posted files, and whether the ODS extract shows it as posted.
--
-- The extract can show only the last posting of a key. It shows a removal if the key is missing.
--
-- grain:    one row per posted record
-- key:      posting, action_id
-- reads:    posted_record, ods_raw
-- stored:   yes

create or replace view recon.posted_entry as

with

shown_values as (

    select
        posted.posting,
        posted.local_record_id as action_id,
        concat_ws(
            '^',
            coalesce(replace(trim(ods.enrollment_exit_date), '-', ''), ''),
            -- each compared code: coalesce(upper(trim(ods.<code>)), ''),
            coalesce(upper(trim(ods.school_of_attendance_nps)), ''),
            coalesce(upper(trim(ods.enrollment_status_code)), ''),
            coalesce(upper(trim(ods.grade_level_code)), ''),
            coalesce(upper(trim(ods.student_exit_reason_code)), ''),
            coalesce(upper(trim(ods.student_school_completion_status_code)), ''),
            coalesce(upper(trim(ods.expected_receiver_school_of_attendance)), ''),
            coalesce(upper(trim(ods.student_met_all_uc_csu_requirements_indicator)), ''),
            coalesce(upper(trim(ods.student_school_transfer_code)), ''),
            coalesce(upper(trim(ods.district_of_geographic_residence_code)), ''),
            coalesce(upper(trim(ods.student_golden_state_seal_merit_diploma_indicator)), ''),
            coalesce(upper(trim(ods.student_seal_of_biliteracy_indicator)), ''),
            coalesce(
                upper(trim(ods.adult_age_students_with_disabilities_in_transition_status)),
                ''
            ),
            coalesce(upper(trim(ods.graduation_exemption_indicator)), '')
            -- end (make lock writes these lines)
        ) as ods_values,
        concat_ws(
            '^',
            coalesce(posted.enrollment_exit_date, ''),
            -- each compared code: coalesce(posted.<code>, ''),
            coalesce(posted.school_of_attendance_nps, ''),
            coalesce(posted.enrollment_status_code, ''),
            coalesce(posted.grade_level_code, ''),
            coalesce(posted.student_exit_reason_code, ''),
            coalesce(posted.student_school_completion_status_code, ''),
            coalesce(posted.expected_receiver_school_of_attendance, ''),
            coalesce(posted.student_met_all_uc_csu_requirements_indicator, ''),
            coalesce(posted.student_school_transfer_code, ''),
            coalesce(posted.district_of_geographic_residence_code, ''),
            coalesce(posted.student_golden_state_seal_merit_diploma_indicator, ''),
            coalesce(posted.student_seal_of_biliteracy_indicator, ''),
            coalesce(posted.adult_age_students_with_disabilities_in_transition_status, ''),
            coalesce(posted.graduation_exemption_indicator, '')
            -- end (make lock writes these lines)
        ) as posted_values

    from staging.posted_record as posted
    inner join staging.ods_raw as ods
        on
            posted.ssid = trim(ods.ssid)
            and posted.school_of_attendance = upper(trim(ods.school_of_attendance))
            and posted.enrollment_start_date
            = replace(trim(ods.enrollment_start_date), '-', '')

),

shown_records as (

    select
        posting,
        action_id,
        bool_or(ods_values = posted_values) as is_same

    from shown_values

    group by
        posting,
        action_id

)

select
    posted.posting,
    posted.local_record_id as action_id,
    posted.run_id,
    posted.file_name,
    posted.posted_on,
    posted.ssid,
    posted.school_of_attendance,
    posted.enrollment_start_date,
    posted.posting = max(posted.posting) over (
        partition by posted.ssid, posted.school_of_attendance, posted.enrollment_start_date
    ) as is_last,
    case
        when posted.transaction_type_code = 'D' then shown_records.is_same is null
        else coalesce(shown_records.is_same, false)
    end as is_in_extract

from staging.posted_record as posted
left join shown_records
    on
        posted.posting = shown_records.posting
        and posted.local_record_id = shown_records.action_id;
