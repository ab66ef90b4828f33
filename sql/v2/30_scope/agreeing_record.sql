-- agreeing_record: the enrollments of agreeing students, which are the same on both sides.
--
-- The exit is CALPADS's.
--
-- grain:    one row per pair
-- key:      ods_line, sis_line
-- reads:    agreeing_pair, agreeing_student
-- stored:   no

create or replace view recon.agreeing_record as

select
    pair.ods_line,
    pair.sis_line,
    pair.student_key,
    pair.student_lea,
    pair.reporting_lea,
    pair.school_of_attendance,
    pair.grade_level_code,
    pair.enrollment_start_date,
    pair.school_year_start,
    pair.enrollment_exit_date,
    pair.student_exit_reason_code,
    pair.student_school_completion_status_code,
    pair.is_exit_from_calpads

from recon.agreeing_pair as pair
inner join recon.agreeing_student on pair.student_key = agreeing_student.student_key;
