-- year_end_code_left_the_school: primary enrollments to be added after one at another school that
-- ended with E155.
--
-- E155 says that the student returns to the same school. Only the student's latest earlier primary
-- enrollment in the LEA counts; it is the other record. The records are compared as they will be
-- after all files have posted.
--
-- rule:     YEAR-END-CODE
-- severity: warning
-- since:    always
-- fix:      E155 is for a student who returns to the same school next year, and E156 for a senior
--           who has not finished: in the SIS, choose the true exit reason, then export and run
--           again
-- grain:    one row per offending record and other record
-- key:      action_id, field, other_record_id
-- reads:    enrollment_state, target_enrollment
-- stored:   no

create or replace view recon.year_end_code_left_the_school as

with

earlier_records as (

    select
        added.action_id,
        added.school_of_attendance,
        other.record_id as other_record_id,
        other.school_of_attendance as other_school_of_attendance,
        other.student_exit_reason_code as other_exit_reason_code,
        other.ods_line as other_ods_line,
        other.sis_line as other_sis_line,
        row_number() over (
            partition by added.action_id
            order by
                other.enrollment_exit_date desc,
                other.enrollment_start_date desc,
                other.record_id asc
        ) as place

    from recon.enrollment_state as added
    inner join recon.enrollment_state as other
        on
            added.student_key = other.student_key
            and added.reporting_lea = other.reporting_lea
            and added.enrollment_start_date > other.enrollment_exit_date

    where
        added.state = 'expected'
        and added.class = 'add'
        and added.is_primary
        and other.state = 'expected'
        and other.is_primary

)

select
    earlier.action_id,
    'enrollment_start_date' as field,
    earlier.other_record_id,
    'OTHER-SCHOOL' as cause

from earlier_records as earlier
-- an exit that the SIS leaves to CALPADS or to the close-out is not the SIS's own
left join recon.target_enrollment as of_pair on earlier.other_ods_line = of_pair.ods_line
left join recon.target_enrollment as of_sis on earlier.other_sis_line = of_sis.sis_line

where
    earlier.place = 1
    and earlier.other_exit_reason_code = 'E155'
    and earlier.other_school_of_attendance <> earlier.school_of_attendance
    and coalesce(of_pair.exit_outcome, of_sis.exit_outcome) = 'AS-GIVEN';
