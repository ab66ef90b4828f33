"""Names of sheets that Excel accepts: short, without its signs, and each once."""

import re
from collections.abc import Iterable

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]")
_TAKEN = ("history",)  # Excel keeps it for itself


def name_sheets(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """Return a name for each sheet: the start of its title, and its code if it has one.

    ``wanted`` are titles and codes. Excel compares names without regard to case; a name that would
    occur twice gets a number.
    """
    names: list[str] = []
    taken = set(_TAKEN)
    for title, code in wanted:
        number = 1
        name = _join(title, code)
        while name.casefold() in taken:
            number += 1
            name = _join(title, code, f" ({number})")
        taken.add(name.casefold())
        names.append(name)
    return names


def _join(title: str, code: str, number: str = "") -> str:
    """Return title, code and number as one name; what is too long is cut, the title first."""
    longest = _LONGEST - len(number)
    end = _clean(code)[:longest]
    start = _clean(title)[: max(longest - len(end) - 1, 0)]
    return f"{start} {end}".strip(" '") + number or "Sheet"


def _clean(text: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", text).split()).strip("'")
