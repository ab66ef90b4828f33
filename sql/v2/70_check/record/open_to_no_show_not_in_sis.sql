-- open_to_no_show_not_in_sis: enrollments that are open in CALPADS and would become no-shows.
--
-- rule:     OPEN-TO-NO-SHOW
-- severity: warning
-- since:    always
-- fix:      make sure that the student never attended; otherwise enter the enrollment in the SIS or
--           add the record to the keep list, and run again before you upload
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    proposed_record, ods_to_compare
-- stored:   no

create or replace view recon.open_to_no_show_not_in_sis as

select
    proposed.action_id,
    'enrollment_exit_date' as field

from recon.proposed_record as proposed
inner join recon.ods_to_compare as ods on proposed.ods_line = ods.ods_line

where
    proposed.class = 'no_show'
    and ods.enrollment_exit_date is null
    and ods.enrollment_exit_date_unreadable is null;
