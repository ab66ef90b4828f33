-- record_from_ods: the records to send that come from the ODS side: removals and no-shows.
--
-- grain:    one row per record of the class remove or no_show
-- key:      ods_line
-- reads:    record_to_send, no_show_exit, ods_enrollment
-- stored:   no

create or replace view recon.record_from_ods as

select
    record_to_send.class,
    record_to_send.student_key,
    record_to_send.ods_line,
    record_to_send.sis_line,
    case when record_to_send.class = 'remove' then 'D' end as transaction_type_code,
    ods.reporting_lea,
    ods.school_of_attendance,
    ods.school_of_attendance_nps,
    ods.academic_year_id,
    ods.ssid,
    ods.local_student_id,
    ods.student_legal_first_name,
    ods.student_legal_middle_name,
    ods.student_legal_last_name,
    ods.student_legal_name_suffix,
    ods.student_alias_first_name,
    ods.student_alias_middle_name,
    ods.student_alias_last_name,
    ods.student_birth_date,
    coalesce(strftime(ods.student_birth_date, '%Y%m%d'), ods.student_birth_date_text)
        as student_birth_date_text,
    ods.student_gender_code,
    ods.student_birth_city,
    ods.student_birth_state_province_code,
    ods.student_birth_country_code,
    ods.enrollment_start_date,
    ods.school_year_start,
    coalesce(strftime(ods.enrollment_start_date, '%Y%m%d'), ods.enrollment_start_date_text)
        as enrollment_start_date_text,
    ods.enrollment_status_code,
    ods.grade_level_code,
    case
        when record_to_send.class = 'remove' then ods.enrollment_exit_date
        else no_show_exit.enrollment_exit_date
    end as enrollment_exit_date,
    case
        when record_to_send.class = 'no_show'
            then strftime(no_show_exit.enrollment_exit_date, '%Y%m%d')
        else
            coalesce(strftime(ods.enrollment_exit_date, '%Y%m%d'), ods.enrollment_exit_date_text)
    end as enrollment_exit_date_text,
    case
        when record_to_send.class = 'no_show' then 'N470'
        else ods.student_exit_reason_code
    end as student_exit_reason_code,
    case when record_to_send.class = 'remove' then ods.student_school_completion_status_code end
        as student_school_completion_status_code,
    case when record_to_send.class = 'remove' then ods.expected_receiver_school_of_attendance end
        as expected_receiver_school_of_attendance,
    case
        when record_to_send.class = 'remove'
            then ods.student_met_all_uc_csu_requirements_indicator
    end
        as student_met_all_uc_csu_requirements_indicator,
    ods.student_school_transfer_code,
    ods.district_of_geographic_residence_code,
    case
        when record_to_send.class = 'remove'
            then ods.student_golden_state_seal_merit_diploma_indicator
    end
        as student_golden_state_seal_merit_diploma_indicator,
    case when record_to_send.class = 'remove' then ods.student_seal_of_biliteracy_indicator end
        as student_seal_of_biliteracy_indicator,
    ods.adult_age_students_with_disabilities_in_transition_status,
    case when record_to_send.class = 'remove' then ods.graduation_exemption_indicator end
        as graduation_exemption_indicator

from recon.record_to_send
inner join staging.ods_enrollment as ods on record_to_send.ods_line = ods.source_line
left join recon.no_show_exit on record_to_send.ods_line = no_show_exit.ods_line

where record_to_send.class in ('remove', 'no_show');
