-- sis_line_to_compare: the lines of the SIS extract that the comparison looks at: all but those of
-- the students on whom both sides plainly agree.
--
-- grain:    one row per such line
-- key:      sis_line
-- reads:    sis_scoped, agreeing_student
-- stored:   yes

create or replace view recon.sis_line_to_compare as

select sis.sis_line

from recon.sis_scoped as sis
left join recon.agreeing_student as agreeing on sis.student_key = agreeing.student_key

where agreeing.student_key is null;
