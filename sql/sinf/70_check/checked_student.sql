-- checked_student: the fields of SINF that a rule of CALPADS looks at, of the SIS's records to
-- check and of all records of CALPADS.
--
-- grain:    one row per line
-- key:      side, source_line
-- reads:    sinf_line, line_to_check
-- stored:   no

create or replace view compare.checked_student as

-- One side at a time, so that DuckDB reads these lines of the SIS only.
select
    side,
    source_line,
    transaction_type_code,
    academic_year_id,
    student_birth_date,
    student_birth_date_text,
    student_hispanic_ethnicity_indicator,
    student_ethnicity_missing_indicator,
    student_race_1_code,
    student_race_2_code,
    student_race_3_code,
    student_race_4_code,
    student_race_5_code,
    student_race_missing_indicator,
    student_initial_us_school_enrollment_date_k_12,
    student_initial_us_school_enrollment_date_k_12_text,
    parent_guardian_highest_education_level_code,
    guardian_1_first_name,
    guardian_1_last_name,
    guardian_2_first_name,
    guardian_2_last_name
from staging.sinf_line
where side = 'ods'
union all
select
    side,
    source_line,
    transaction_type_code,
    academic_year_id,
    student_birth_date,
    student_birth_date_text,
    student_hispanic_ethnicity_indicator,
    student_ethnicity_missing_indicator,
    student_race_1_code,
    student_race_2_code,
    student_race_3_code,
    student_race_4_code,
    student_race_5_code,
    student_race_missing_indicator,
    student_initial_us_school_enrollment_date_k_12,
    student_initial_us_school_enrollment_date_k_12_text,
    parent_guardian_highest_education_level_code,
    guardian_1_first_name,
    guardian_1_last_name,
    guardian_2_first_name,
    guardian_2_last_name
from staging.sinf_line
where
    side = 'sis'
    and source_line in (select line_to_check.sis_line from compare.line_to_check);
