-- ods_line_to_compare: the lines of the ODS extract that the comparison looks at: all but those of
-- the students on whom both sides plainly agree.
--
-- grain:    one row per such line, and per record posted since
-- key:      ods_line
-- reads:    ods_scoped, agreeing_student
-- stored:   yes

create or replace view recon.ods_line_to_compare as

select ods.ods_line

from recon.ods_scoped as ods
left join recon.agreeing_student as agreeing on ods.student_key = agreeing.student_key

where agreeing.student_key is null;
