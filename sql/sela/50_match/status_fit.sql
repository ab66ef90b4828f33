-- status_fit: how the start of each status of the SIS fits the student's enrollments.
--
-- grain:    one row per pair of lines with a line of the SIS
-- key:      sis_line
-- reads:    status_pair, enrollment
-- stored:   no

create or replace view compare.status_fit as

select
    status_pair.sis_line,
    coalesce(bool_or(
        status_pair.sis_start >= enrollment.enrollment_start_date
        and status_pair.sis_start <= coalesce(enrollment.enrollment_exit_date, date '9999-12-31')
    ), false) as is_inside,
    coalesce(
        max(status_pair.sis_start) < min(enrollment.enrollment_start_date), false
    ) as is_before_first

from compare.status_pair
left join staging.enrollment as enrollment on status_pair.ssid = enrollment.ssid

where status_pair.sis_line is not null

group by status_pair.sis_line;
