-- key_format_wrong_number_of_digits: records to be sent whose LEA, school or SSID has the wrong
-- number of digits.
--
-- rule:     KEY-FORMAT
-- severity: fatal
-- since:    always
-- fix:      correct the code in the SIS, or translate a local school or LEA code under [translate]
--           in senr.toml; if leading zeros are missing, fix the export, because a spreadsheet
--           removes them; then run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field
-- stored:   no

create or replace view recon.key_format_wrong_number_of_digits as

select
    action_id,
    column_name as field

from recon.proposed_field

where
    (
        column_name in ('reporting_lea', 'school_of_attendance')
        and not regexp_full_match(value, '[0-9]{7}')
    )
    or (
        column_name = 'ssid'
        and not regexp_full_match(value, '[0-9]{10}')
    );
