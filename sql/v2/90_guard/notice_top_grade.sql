-- notice_top_grade: how many schools have their top grade from the SIS extract, if the year-end
-- close-out asked for it.
--
-- grain:    one row, or none
-- key:      schools
-- reads:    open_record, target_year_end, top_grade
-- stored:   no

create or replace view recon.notice_top_grade as

with

counts as (

    select count(distinct open_record.school_of_attendance) as schools

    from recon.target_year_end
    inner join recon.open_record on target_year_end.sis_line = open_record.sis_line
    inner join recon.top_grade
        on
            open_record.reporting_lea = top_grade.reporting_lea
            and open_record.school_of_attendance = top_grade.school_of_attendance

    where
        not top_grade.is_from_list
        and open_record.next_school_of_attendance is null
        and open_record.next_grade_level_code is null

)

select schools

from counts

where schools > 0;
