-- planned_record: every record that goes into a file, with its category and its file's number.
--
-- No two records of a student share a file. Records that rest on something unconfirmed, and what
-- follows them, come in updates files of their own after all others.
--
-- grain:    one row per record to be uploaded
-- key:      action_id
-- reads:    record_category, proposed_record, record_reason
-- stored:   yes

create or replace view recon.planned_record as

with

positions as (

    select
        categorized.action_id,
        categorized.category,
        categorized.is_unconfirmed,
        categorized.predecessors,
        row_number() over (
            partition by proposed.student_key, categorized.category, categorized.is_unconfirmed
            order by
                categorized.predecessors,
                proposed.enrollment_start_date,
                proposed.school_of_attendance,
                proposed.action_id
        ) as position_of_student

    from recon.record_category as categorized
    inner join recon.proposed_record as proposed on categorized.action_id = proposed.action_id

),

confirmed_updates as (

    select coalesce(max(position_of_student), 0) as files

    from positions

    where
        category = 'updates'
        and is_unconfirmed = 'N'

)

select
    positions.action_id,
    positions.category,
    positions.position_of_student
    + case when positions.is_unconfirmed = 'Y' then confirmed_updates.files else 0 end
        as file_number,
    positions.is_unconfirmed,
    positions.predecessors,
    proposed.class,
    record_reason.reason,
    record_reason.explanation,
    proposed.student_key,
    proposed.ods_line,
    proposed.sis_line,
    proposed.transaction_type_code,
    proposed.reporting_lea,
    proposed.school_of_attendance,
    proposed.school_of_attendance_nps,
    proposed.academic_year_id,
    proposed.ssid,
    proposed.local_student_id,
    proposed.student_legal_first_name,
    proposed.student_legal_middle_name,
    proposed.student_legal_last_name,
    proposed.student_legal_name_suffix,
    proposed.student_alias_first_name,
    proposed.student_alias_middle_name,
    proposed.student_alias_last_name,
    proposed.student_birth_date,
    proposed.student_birth_date_text,
    proposed.student_gender_code,
    proposed.student_birth_city,
    proposed.student_birth_state_province_code,
    proposed.student_birth_country_code,
    proposed.enrollment_start_date,
    proposed.enrollment_start_date_text,
    proposed.enrollment_status_code,
    proposed.grade_level_code,
    proposed.enrollment_exit_date,
    proposed.enrollment_exit_date_text,
    proposed.student_exit_reason_code,
    proposed.student_school_completion_status_code,
    proposed.expected_receiver_school_of_attendance,
    proposed.student_met_all_uc_csu_requirements_indicator,
    proposed.student_school_transfer_code,
    proposed.district_of_geographic_residence_code,
    proposed.student_golden_state_seal_merit_diploma_indicator,
    proposed.student_seal_of_biliteracy_indicator,
    proposed.adult_age_students_with_disabilities_in_transition_status,
    proposed.graduation_exemption_indicator

from positions
inner join recon.proposed_record as proposed on positions.action_id = proposed.action_id
cross join confirmed_updates
left join recon.record_reason
    on
        proposed.ods_line is not distinct from record_reason.ods_line
        and proposed.sis_line is not distinct from record_reason.sis_line;
