-- name_replacement: the characters that names are not sent with, and what they become.
--
-- Both are texts for translate(): each character of the first becomes the one at its place in the
-- second, or nothing if the second is shorter.
--
-- grain:    one row
-- key:      characters
-- reads:    name_character
-- stored:   no

create or replace view recon.name_replacement as

select
    string_agg(character, '' order by place) as characters,
    string_agg(becomes, '' order by place) as plain_characters

from reference.name_character;
