-- add_around_no_show: enrollments to be added with a no-show of the student at the same school on
-- one of their days.
--
-- CALPADS does not document whether a no-show overlaps other enrollments at its own school.
--
-- grain:    one row per record to be added
-- key:      action_id
-- reads:    enrollment_state
-- stored:   yes

create or replace view recon.add_around_no_show as

select distinct added.action_id

from recon.enrollment_state as added
inner join recon.enrollment_state as no_show
    on
        added.student_key = no_show.student_key
        and added.school_of_attendance = no_show.school_of_attendance
        and added.record_id <> no_show.record_id
        and no_show.enrollment_start_date between added.enrollment_start_date and added.span_end

where
    added.state = 'expected'
    and added.class = 'add'
    and not added.is_no_show
    and no_show.state = 'expected'
    and no_show.is_no_show;
