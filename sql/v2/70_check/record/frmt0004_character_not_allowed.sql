-- frmt0004_character_not_allowed: records to be sent with a character that a SENR file cannot hold.
--
-- The caret, the control characters, and letters that Windows-1252 lacks if that is to be written
-- (its own beyond Latin-1 are the 27 listed at the end of the pattern).
--
-- rule:     FRMT0004
-- grain:    one row per offending record and field
-- key:      ods_line, sis_line, field
-- reads:    proposed_field, run_parameters
-- stored:   no

create or replace view recon.frmt0004_character_not_allowed as

select
    'FRMT0004' as rule,
    proposed_field.student_key,
    proposed_field.ods_line,
    proposed_field.sis_line,
    proposed_field.column_name as field,
    proposed_field.value

from recon.proposed_field
cross join reference.run_parameters as parameters

where
    regexp_matches(proposed_field.value, '[\^\x00-\x1F\x7F-\x9F]')
    or (
        parameters.encoding = 'windows-1252'
        and not regexp_full_match(
            proposed_field.value,
            '[\x20-\x7E\xA0-\xFF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*'
        )
    );
