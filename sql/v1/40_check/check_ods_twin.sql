-- check_ods_twin: ODS lines that repeat another line word for word.
--
-- rule:     ODS-TWIN
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    ods_record
-- stored:   no

create or replace view recon.check_ods_twin as

select
    'ODS-TWIN' as rule,
    student_key,
    ods_line,
    cast(null as bigint) as sis_line,
    'enrollment_start_date' as field,
    strftime(enrollment_start_date, '%Y%m%d') as value

from recon.ods_record

where scope_reason = 'ODS-TWIN';
