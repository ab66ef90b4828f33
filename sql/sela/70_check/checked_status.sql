-- checked_status: the fields of SELA that a rule of CALPADS looks at, of the SIS's records to check
-- and of all records of CALPADS.
--
-- grain:    one row per line
-- key:      side, source_line
-- reads:    sela_line, line_to_check
-- stored:   no

create or replace view compare.checked_status as

-- One side at a time, so that DuckDB reads these lines of the SIS only.
select
    side,
    source_line,
    transaction_type_code,
    academic_year_id,
    english_language_acquisition_status_code,
    english_language_acquisition_status_start_date,
    english_language_acquisition_status_start_date_text,
    primary_language_code
from staging.sela_line
where side = 'ods'
union all
select
    side,
    source_line,
    transaction_type_code,
    academic_year_id,
    english_language_acquisition_status_code,
    english_language_acquisition_status_start_date,
    english_language_acquisition_status_start_date_text,
    primary_language_code
from staging.sela_line
where
    side = 'sis'
    and source_line in (select line_to_check.sis_line from compare.line_to_check);
