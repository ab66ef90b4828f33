"""Show in a message what was found, as long as it can hardly be a student's."""

import json

# Every code of CALPADS is as short. An SSID, a birth date or most names are longer.
_LONGEST_SHOWN = 7


def is_short(text: str) -> bool:
    """Return whether a text is no longer than a code, and so may be shown."""
    return len(text) <= _LONGEST_SHOWN


def show_short(text: str) -> str:
    """Return a text in quotes as JSON writes it, or how long it is if it is longer than a code."""
    if not is_short(text):
        return describe_text(text)
    return escape_controls(json.dumps(text, ensure_ascii=False))


def describe_text(text: str) -> str:
    """Return how long a text is, for one that is not to be shown."""
    return f"{len(text):,} character{'' if len(text) == 1 else 's'}"


def escape_controls(text: object) -> str:
    """Return a text, or a path, with all that a terminal would obey or not print escaped."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in str(text)
    )
