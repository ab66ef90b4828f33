-- agreeing_pair: pairs of both sides in which no compared field differs, and that no rule on exits
-- changes.
--
-- Either both sides have the same exit, or none; or the SIS never stored the exit of an earlier
-- school year that CALPADS shows (`is_exit_from_calpads`). A pair is left out when in doubt: the
-- full comparison decides then. Without the shortcut there are none.
--
-- grain:    one row per pair
-- key:      ods_line, sis_line
-- reads:    sis_translated, ods_scoped, first_close_out, run_parameters
-- stored:   yes

create or replace view recon.agreeing_pair as

select
    ods.ods_line,
    sis.sis_line,
    sis.student_key,
    sis.student_lea,
    sis.ssid,
    sis.local_student_id,
    sis.reporting_lea,
    sis.school_of_attendance,
    ods.grade_level_code,
    sis.enrollment_start_date,
    sis.school_year_start,
    ods.enrollment_exit_date,
    ods.student_exit_reason_code,
    ods.student_school_completion_status_code,
    sis.enrollment_exit_date is null and ods.enrollment_exit_date is not null
        as is_exit_from_calpads

from recon.sis_translated as sis
inner join reference.run_parameters as parameters on parameters.use_shortcut
cross join recon.first_close_out
inner join recon.ods_scoped as ods
    on
        sis.ssid = ods.ssid
        and sis.school_of_attendance = ods.school_of_attendance
        and sis.enrollment_start_date = ods.enrollment_start_date

where
    sis.scope_reason is null
    and ods.scope_reason is null
    and sis.student_key = ods.student_key
    and sis.local_student_id = ods.local_student_id
    and sis.reporting_lea = ods.reporting_lea
    and sis.student_gender_code is not distinct from ods.student_gender_code
    and regexp_full_match(sis.ssid, '[0-9]{10}')
    and regexp_full_match(sis.reporting_lea, '[0-9]{7}')
    and regexp_full_match(sis.school_of_attendance, '[0-9]{7}')
    and sis.enrollment_start_date <= parameters.as_of
    and sis.enrollment_exit_date_unreadable is null
    and ods.enrollment_exit_date_unreadable is null
    -- each code of an enrollment: and sis.<code> is not distinct from ods.<code>
    and sis.school_of_attendance_nps is not distinct from ods.school_of_attendance_nps
    and sis.enrollment_status_code is not distinct from ods.enrollment_status_code
    and sis.grade_level_code is not distinct from ods.grade_level_code
    and sis.student_school_transfer_code is not distinct from ods.student_school_transfer_code
    and sis.district_of_geographic_residence_code
    is not distinct from ods.district_of_geographic_residence_code
    and sis.adult_age_students_with_disabilities_in_transition_status
    is not distinct from ods.adult_age_students_with_disabilities_in_transition_status
    -- end (make lock writes these lines)
    and (
        (
            sis.enrollment_start_date < parameters.school_year_start
            and sis.enrollment_exit_date is null
            and sis.student_exit_reason_code is null
            and sis.student_school_completion_status_code is null
            and ods.enrollment_exit_date >= ods.school_year_start
            and ods.enrollment_exit_date < ods.school_year_start + interval 1 year
        )
        or (
            sis.enrollment_exit_date is not distinct from ods.enrollment_exit_date
            -- each code of an exit: and sis.<code> is not distinct from ods.<code>
            and sis.student_exit_reason_code is not distinct from ods.student_exit_reason_code
            and sis.student_school_completion_status_code
            is not distinct from ods.student_school_completion_status_code
            and sis.expected_receiver_school_of_attendance
            is not distinct from ods.expected_receiver_school_of_attendance
            and sis.student_met_all_uc_csu_requirements_indicator
            is not distinct from ods.student_met_all_uc_csu_requirements_indicator
            and sis.student_golden_state_seal_merit_diploma_indicator
            is not distinct from ods.student_golden_state_seal_merit_diploma_indicator
            and sis.student_seal_of_biliteracy_indicator
            is not distinct from ods.student_seal_of_biliteracy_indicator
            and sis.graduation_exemption_indicator
            is not distinct from ods.graduation_exemption_indicator
            -- end (make lock writes these lines)
            and case
                when ods.enrollment_exit_date is null
                    then
                        ods.student_exit_reason_code is null
                        and ods.student_school_completion_status_code is null
                        and ods.enrollment_start_date >= parameters.school_year_start
                        and parameters.as_of < first_close_out.first_day
                else
                    ods.enrollment_exit_date <= parameters.as_of
                    and (
                        ods.student_school_completion_status_code is null
                        or ods.student_exit_reason_code = 'E230'
                    )
                    and case
                        when ods.enrollment_status_code not in ('10', '30')
                            then ods.student_exit_reason_code = 'E170'
                        when ods.grade_level_code in ('IN', 'TD', 'PS')
                            then ods.student_exit_reason_code = 'E450'
                        else ods.grade_level_code is not null
                    end
            end
        )
    );
