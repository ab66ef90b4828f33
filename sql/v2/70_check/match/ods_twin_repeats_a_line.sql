-- ods_twin_repeats_a_line: ODS lines that are exact copies of another line.
--
-- rule:     ODS-TWIN
-- severity: notice
-- since:    always
-- fix:      nothing to do, because the record counts once; if there are many such lines, download
--           the ODS extract again and run again
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    ods_repeated_key, ods_to_compare
-- stored:   no

create or replace view recon.ods_twin_repeats_a_line as

select
    ods.ods_line,
    cast(null as bigint) as sis_line,
    'enrollment_start_date' as field

-- for speed: only the few lines whose key occurs more than once
from recon.ods_repeated_key
inner join recon.ods_to_compare as ods on ods_repeated_key.ods_line = ods.ods_line

where
    ods_repeated_key.is_twin
    and ods.scope_reason = 'ODS-TWIN';
