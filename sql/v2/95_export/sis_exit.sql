-- sis_exit: how each SIS enrollment ends, as CALPADS should show it, with those of agreeing
-- students.
--
-- An agreeing enrollment has the exit that CALPADS shows: the SIS has the same, or never stored it.
--
-- grain:    one row per SIS record in scope
-- key:      sis_line
-- reads:    target_exit, agreeing_record
-- stored:   no

create or replace view recon.sis_exit as

select
    sis_line,
    exit_outcome,
    enrollment_exit_date,
    enrollment_exit_date_unreadable,
    student_exit_reason_code,
    student_school_completion_status_code

from recon.target_exit

union all

select
    sis_line,
    case when is_exit_from_calpads then 'ODS-EXIT' else 'AS-GIVEN' end as exit_outcome,
    enrollment_exit_date,
    cast(null as varchar) as enrollment_exit_date_unreadable,
    student_exit_reason_code,
    student_school_completion_status_code

from recon.agreeing_record;
