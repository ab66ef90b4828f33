-- checked_program: the fields of SPRG that a rule of CALPADS looks at, of the SIS's records to
-- check and of all records of CALPADS.
--
-- grain:    one row per line
-- key:      side, source_line
-- reads:    sprg_line, line_to_check
-- stored:   no

create or replace view compare.checked_program as

-- One side at a time, so that DuckDB reads these lines of the SIS only.
select
    side,
    source_line,
    transaction_type_code,
    academic_year_id,
    student_birth_date,
    education_program_code,
    education_program_membership_start_date,
    education_program_membership_end_date,
    education_program_membership_end_date_text,
    education_service_academic_year,
    education_service_code,
    california_partnership_academy_id,
    migrant_student_id,
    homeless_dwelling_type_code,
    unaccompanied_youth_indicator,
    runaway_youth_indicator
from staging.sprg_line
where side = 'ods'
union all
select
    side,
    source_line,
    transaction_type_code,
    academic_year_id,
    student_birth_date,
    education_program_code,
    education_program_membership_start_date,
    education_program_membership_end_date,
    education_program_membership_end_date_text,
    education_service_academic_year,
    education_service_code,
    california_partnership_academy_id,
    migrant_student_id,
    homeless_dwelling_type_code,
    unaccompanied_youth_indicator,
    runaway_youth_indicator
from staging.sprg_line
where
    side = 'sis'
    and source_line in (select line_to_check.sis_line from compare.line_to_check);
