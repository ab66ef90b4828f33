"""Show in a message what was found, unless it may be a student's data."""

import json
import re

# No CALPADS code is longer. SSIDs, birth dates, and most names are.
_LONGEST_SHOWN = 7
_LONGEST_SHAPE = 20


def is_short(text: str) -> bool:
    """Return whether a text is no longer than a code and may therefore be shown."""
    return len(text) <= _LONGEST_SHOWN


def show_short(text: str) -> str:
    """Return a text in quotes as in JSON, or only its length if it is longer than a code."""
    if not is_short(text):
        return describe_text(text)
    return escape_controls(json.dumps(text, ensure_ascii=False))


def describe_text(text: str) -> str:
    """Return the length of a text that must not be shown."""
    return f"{len(text):,} character{'' if len(text) == 1 else 's'}"


def show_shape(text: str, longest: int = _LONGEST_SHAPE) -> str:
    """Return a text with 9 for each digit and A for each letter, cut after some characters."""
    signs = ("9" if sign.isnumeric() else "A" if sign.isalpha() else sign for sign in text)
    shape = escape_controls("".join(signs))
    return shape if len(shape) <= longest else f"{shape[:longest]}…"


def escape_controls(text: object) -> str:
    """Return a text or path with its control characters escaped for the terminal."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in str(text)
    )


def escape_text(text: object) -> str:
    """Return a text of several lines with its control characters escaped, except line ends.

    A tab stays, because no terminal obeys it.
    """
    return "".join(
        sign if sign in "\n\t" else escape_controls(sign)
        for sign in re.split(r"([\n\t])", str(text))
    )
