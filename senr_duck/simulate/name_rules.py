"""The rule on the characters of a student's names (IVR0009)."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

from senr_duck.simulate.enrollment_record import Enrollment
from senr_duck.simulate.findings import Finding
from senr_duck.simulate.record_rule import Setting

_SINCE = date(2022, 10, 1)
_NUMBERS = ("1.10", "1.11", "1.12", "1.13", "1.14", "1.15", "1.16")
_NAMES = slice(9, 16)

_PLAIN = re.compile("[A-Za-z0-9 .'/-]*")


def check_names(sent: Enrollment, setting: Setting) -> Iterator[Finding]:
    """Yield the names that have a character which CALPADS does not allow in names.

    Allowed are Latin letters, accented ones included, digits, space, period, hyphen, apostrophe,
    and slash. Typographic forms of them are not, because an upload has the plain form. A delete is
    not checked, because it repeats what CALPADS has.
    """
    names = sent.record[_NAMES]
    # Most names have no other characters, so only the rest are looked at one by one.
    if setting.as_of < _SINCE or sent.record.is_delete or _PLAIN.fullmatch("".join(names)):
        return
    for number, name in zip(_NUMBERS, names, strict=True):
        characters = set(unicodedata.normalize("NFC", name))
        if any(not (_is_allowed(c) or setting.accepts("IVR0009", c)) for c in characters):
            message = "the name has a character that CALPADS does not allow in names"
            yield Finding("IVR0009", sent.line, (number,), message)


@cache
def _is_allowed(character: str) -> bool:
    if _PLAIN.fullmatch(character):
        return True
    is_letter = unicodedata.category(character) in ("Lu", "Ll", "Lt")
    return is_letter and unicodedata.name(character, "").startswith("LATIN ")
