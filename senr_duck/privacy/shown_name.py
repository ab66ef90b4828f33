"""Show the names of columns, unless the header that has them may be a student's line."""

import re
from collections.abc import Sequence

from senr_duck.privacy.shown_value import escape_controls, show_shape

# Characters; a longer text in the first line is not a name.
_LONGEST_NAME = 60


def is_name(text: str) -> bool:
    """Return whether a text may be the name of a column: not long, and without a number."""
    return len(text) <= _LONGEST_NAME and not re.search(r"\d{5}", text)


def is_shown_name(text: str) -> bool:
    """Return whether a text may be shown as the name of a column, and as it is written."""
    return is_name(text) and text.isprintable()


def show_names(names: Sequence[str]) -> dict[str, str]:
    """Return how to show each name; the shapes alone of a header that seems to hold a student."""
    are_names = all(map(is_name, names))
    return {
        name: (escape_controls(name) if are_names else show_shape(name)) or "(no name)"
        for name in names
    }
