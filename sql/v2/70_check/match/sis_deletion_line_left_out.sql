-- sis_deletion_line_left_out: lines of the SIS extract that say that there is no such enrollment.
--
-- rule:     SIS-DELETION
-- severity: notice
-- since:    always
-- fix:      nothing to do; export enrollments without transaction codes to have no such lines
-- grain:    one row per offending record
-- key:      ods_line, sis_line, field
-- reads:    sis_to_compare
-- stored:   no

create or replace view recon.sis_deletion_line_left_out as

select
    cast(null as bigint) as ods_line,
    sis_line,
    'enrollment_start_date' as field

from recon.sis_to_compare

where scope_reason = 'SIS-DELETION';
