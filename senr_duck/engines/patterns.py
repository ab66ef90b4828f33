"""Check that a view's regular expression means the same on all engines."""

import re

from senr_duck.engines.refused import Refused

# One character or one class of characters, once, a counted number of times, or any number of times.
_IN_CLASS = r"(?:\\x[0-9A-F]{2}|\\[^\w]|[^\]\\])"
_ATOM = rf"(?:\[(?!\^){_IN_CLASS}+\]|[^\[\]{{}}()*+?|.^$\\])(?:\{{[0-9]+\}}|\*)?"
_PATTERN = re.compile(f"(?:{_ATOM})*")


def check_pattern(pattern: str) -> str:
    """Return the pattern if DuckDB, PostgreSQL, and Spark read it alike; else raise Refused.

    Such a pattern has only characters and classes without negation, each once, ``{n}``, or ``*``.
    """
    if _PATTERN.fullmatch(pattern) is None:
        raise Refused(f"the regular expression {pattern!r}")
    return pattern
