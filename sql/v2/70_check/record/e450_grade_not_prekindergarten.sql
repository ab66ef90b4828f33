-- e450_grade_not_prekindergarten: records to be sent with exit reason E450 and a grade that is not
-- prekindergarten.
--
-- rule:     E450-GRADE
-- severity: fatal
-- since:    2020-07-01
-- fix:      in the SIS, choose the true exit reason, or correct the grade, then export and run
--           again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check
-- stored:   no

create or replace view recon.e450_grade_not_prekindergarten as

select
    action_id,
    'student_exit_reason_code' as field

from recon.record_to_check

where
    student_exit_reason_code = 'E450'
    and grade_level_code not in ('IN', 'TD', 'PS');
