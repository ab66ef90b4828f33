-- remaining_program: each line of SPRG that is compared in full: it has a key, and is not one of an
-- equal pair.
--
-- grain:    one row per line that is compared in full
-- key:      side, source_line
-- reads:    sprg_line, remaining_line
-- stored:   yes

create or replace view compare.remaining_program as

-- One side at a time, so that DuckDB reads these lines only.
select
    side,
    source_line,
    ssid,
    school_of_attendance,
    education_program_code,
    education_service_code,
    education_program_membership_start_date,
    education_program_membership_end_date,
    education_program_membership_end_date_text,
    academic_year_id

from staging.sprg_line

where
    side = 'ods'
    and source_line in (
        select remaining_line.source_line
        from compare.remaining_line
        where
            remaining_line.side = 'ods'
            and remaining_line.reason is null
    )
union all
select
    side,
    source_line,
    ssid,
    school_of_attendance,
    education_program_code,
    education_service_code,
    education_program_membership_start_date,
    education_program_membership_end_date,
    education_program_membership_end_date_text,
    academic_year_id

from staging.sprg_line

where
    side = 'sis'
    and source_line in (
        select remaining_line.source_line
        from compare.remaining_line
        where
            remaining_line.side = 'sis'
            and remaining_line.reason is null
    );
