-- frmt0004_character_not_allowed: records to be sent with a character that a SENR file cannot have.
--
-- These are the caret, the control characters, and, if the file is written in Windows-1252, letters
-- that it does not have (the 27 at the end of the pattern are those that it has beyond Latin-1).
--
-- rule:     FRMT0004
-- severity: fatal
-- since:    always
-- fix:      retype the value in the SIS without that character, which often comes in with pasted
--           text; for a letter that Windows-1252 does not have, set encoding to utf-8 in senr.toml;
--           then export and run again
-- grain:    one row per offending record and field
-- key:      action_id, field
-- reads:    proposed_field, run_parameters
-- stored:   no

create or replace view recon.frmt0004_character_not_allowed as

select
    proposed_field.action_id,
    proposed_field.column_name as field

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
