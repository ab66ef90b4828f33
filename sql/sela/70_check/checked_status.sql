-- checked_status: the fields of SELA that a rule of CALPADS looks at, of the records to check.
--
-- grain:    one row per line
-- key:      side, source_line
-- reads:    sela_line, line_to_check
-- stored:   no

create or replace view compare.checked_status as

-- One side at a time, so that DuckDB reads these lines only.
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
    side = 'ods'
    and source_line in (
        select line_to_check.source_line
        from compare.line_to_check
        where line_to_check.side = 'ods'
    )
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
    and source_line in (
        select line_to_check.source_line
        from compare.line_to_check
        where line_to_check.side = 'sis'
    );
