-- id_line: the SSID and the local student ID of every line of both extracts.
--
-- Deletion lines of the SIS, and ODS lines that CALPADS no longer has, are left out.
--
-- grain:    one row per line of either extract
-- key:      side, source_line
-- reads:    sis_to_compare, ods_to_compare
-- stored:   no

create or replace view recon.id_line as

select
    'SIS' as side,
    sis_line as source_line,
    student_key,
    reporting_lea,
    ssid,
    local_student_id

from recon.sis_to_compare

where scope_reason is distinct from 'SIS-DELETION'

union all

select
    'CALPADS' as side,
    ods_line as source_line,
    student_key,
    reporting_lea,
    ssid,
    local_student_id

from recon.ods_to_compare

where is_in_calpads;
