-- enrollment_match: both sides paired on the operational key, and what the pair alone says.
--
-- The compared fields are those whose role in the layout is `enrollment`; blank equals blank.
--
-- grain:    one row per pair, and per record in scope that stands alone on its side
-- key:      ods_line, sis_line
-- reads:    ods_record, target_enrollment, repeated_key
-- stored:   yes

create or replace view recon.enrollment_match as

with

ods_in_scope as (

    select
        ods.ods_line,
        ods.student_lea,
        ods.enrollment_exit_date,
        ods.enrollment_exit_date_unreadable,
        ods.school_of_attendance_nps,
        ods.enrollment_status_code,
        ods.grade_level_code,
        ods.student_exit_reason_code,
        ods.student_school_completion_status_code,
        ods.expected_receiver_school_of_attendance,
        ods.student_met_all_uc_csu_requirements_indicator,
        ods.student_school_transfer_code,
        ods.district_of_geographic_residence_code,
        ods.student_golden_state_seal_merit_diploma_indicator,
        ods.student_seal_of_biliteracy_indicator,
        ods.adult_age_students_with_disabilities_in_transition_status,
        ods.graduation_exemption_indicator,
        repeated.student_key is not null as is_repeated

    from recon.ods_record as ods
    left join recon.repeated_key as repeated
        on
            ods.student_key = repeated.student_key
            and ods.school_of_attendance = repeated.school_of_attendance
            and cast(ods.enrollment_start_date as varchar) = repeated.start_date

    where ods.scope_reason is null

)

select
    ods.ods_line,
    target.sis_line,
    coalesce(target.student_lea, ods.student_lea) as student_lea,
    case
        when target.not_sent_reason is not null then target.not_sent_reason
        when ods.is_repeated or target.is_key_twice then 'KEY-TWICE'
        when target.sis_line is null then 'ODS-ALONE'
        when target.ssid is null then 'SSID-MISSING'
        when ods.ods_line is null then 'SIS-ALONE'
        when
            target.enrollment_exit_date_unreadable is not null
            or (
                target.enrollment_exit_date is not null
                and target.enrollment_exit_date is distinct from ods.enrollment_exit_date
            ) then 'EXIT-DIFFERS'
        when
            (
                target.enrollment_exit_date is distinct from ods.enrollment_exit_date
                or ods.enrollment_exit_date_unreadable is not null
                or target.school_of_attendance_nps is distinct from ods.school_of_attendance_nps
                or target.enrollment_status_code is distinct from ods.enrollment_status_code
                or target.grade_level_code is distinct from ods.grade_level_code
                or target.student_exit_reason_code is distinct from ods.student_exit_reason_code
                or target.student_school_completion_status_code
                is distinct from ods.student_school_completion_status_code
                or target.expected_receiver_school_of_attendance
                is distinct from ods.expected_receiver_school_of_attendance
                or target.student_met_all_uc_csu_requirements_indicator
                is distinct from ods.student_met_all_uc_csu_requirements_indicator
                or target.student_school_transfer_code
                is distinct from ods.student_school_transfer_code
                or target.district_of_geographic_residence_code
                is distinct from ods.district_of_geographic_residence_code
                or target.student_golden_state_seal_merit_diploma_indicator
                is distinct from ods.student_golden_state_seal_merit_diploma_indicator
                or target.student_seal_of_biliteracy_indicator
                is distinct from ods.student_seal_of_biliteracy_indicator
                or target.adult_age_students_with_disabilities_in_transition_status
                is distinct from ods.adult_age_students_with_disabilities_in_transition_status
                or target.graduation_exemption_indicator
                is distinct from ods.graduation_exemption_indicator
            ) then 'OTHER-DIFFERENCE'
        else 'AGREES'
    end as match_result

from ods_in_scope as ods
full outer join recon.target_enrollment as target on ods.ods_line = target.ods_line;
