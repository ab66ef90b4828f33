-- sis_correction: each field in which the SIS would get another value if CALPADS were right.
--
-- The school and the SIS's value are as the SIS writes them; CALPADS's value is its own code. A
-- date is YYYYMMDD. If the SIS has what CALPADS has, and only the run sets another value, such as a
-- year-end exit, there is nothing to correct.
--
-- grain:    one row per pair and such field
-- key:      ods_line, sis_line, field
-- reads:    value_on_both_sides, sis_to_compare, sis_enrollment, run_parameters
-- stored:   no

create or replace view recon.sis_correction as

select
    own.ods_line,
    own.sis_line,
    own.field,
    coalesce(nullif(compared.student_lea, ''), parameters.lea, '') as reporting_lea,
    staged.local_student_id,
    staged.school_of_attendance,
    coalesce(
        strftime(staged.enrollment_start_date, '%Y%m%d'), staged.enrollment_start_date_text
    ) as enrollment_start_date,
    own.sis_value,
    own.ods_value

from recon.value_on_both_sides as own
inner join recon.sis_to_compare as compared on own.sis_line = compared.sis_line
inner join staging.sis_enrollment as staged on own.sis_line = staged.source_line
cross join reference.run_parameters as parameters

where
    own.is_difference
    and own.ods_line is not null
    and own.sis_value is distinct from own.ods_value;
