-- gerr0008_transaction_code_not_valid: records to be sent whose line in the SIS extract has a
-- transaction code other than A, D and R.
--
-- rule:     GERR0008
-- severity: fatal
-- since:    always
-- fix:      blank the transaction code in the SIS export, because the run compares enrollments;
--           then run again
-- grain:    one row per offending record
-- key:      action_id, field
-- reads:    record_to_check, sis_enrollment
-- stored:   no

create or replace view recon.gerr0008_transaction_code_not_valid as

select
    record_to_check.action_id,
    'transaction_type_code' as field

from recon.record_to_check
inner join staging.sis_enrollment as sis on record_to_check.sis_line = sis.source_line

where sis.transaction_type_code not in ('A', 'D', 'R');
