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
            name = _join(title, f"{code} ({number})")
        taken.add(name.casefold())
        names.append(name)
    return names


def _join(title: str, code: str) -> str:
    """Return title and code as one name; the title is cut, and the code only if it must be."""
    end = _clean(code)[:_LONGEST]
    start = _clean(title)[: max(_LONGEST - len(end) - 1, 0)].strip(" '")
    return f"{start} {end}".strip(" '") or "Sheet"


def _clean(text: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", text).split()).strip("'")
