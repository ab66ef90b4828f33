-- no_show_exit: the exit date of each ODS record that becomes a no-show.
--
-- Until the guidance of May 2025 it is the start date. senr.toml may choose the day before, but not
-- for students with a disability.
--
-- grain:    one row per record of the class no_show
-- key:      ods_line
-- reads:    record_to_send, ods_to_compare, sis_to_compare, run_parameters
-- stored:   no

create or replace view recon.no_show_exit as

with

students_with_a_disability as (

    select student_key from recon.sis_to_compare
    where
        student_with_disability = 'Y'
        or adult_age_students_with_disabilities_in_transition_status = 'Y'
    union
    select student_key from recon.ods_to_compare
    where adult_age_students_with_disabilities_in_transition_status = 'Y'

)

select
    record_to_send.ods_line,
    case
        when
            students_with_a_disability.student_key is null
            and parameters.no_show_exit_date = 'day_before' then ods.enrollment_start_date - 1
        else ods.enrollment_start_date
    end as enrollment_exit_date

from recon.record_to_send
inner join recon.ods_to_compare as ods on record_to_send.ods_line = ods.ods_line
cross join reference.run_parameters as parameters
left join students_with_a_disability
    on ods.student_key = students_with_a_disability.student_key

where record_to_send.class = 'no_show';
