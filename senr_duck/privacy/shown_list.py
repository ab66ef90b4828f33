"""List the first of many faults in a message, and say how many more there are."""

from collections.abc import Sequence

# As many as a person will read; a broken file can have a fault in every line.
MOST_NAMED = 20


def name_first(faults: Sequence[str], total: int | None = None, separator: str = ", ") -> str:
    """Return the first MOST_NAMED faults as one text; ``total`` is how many there are in all.

    Without ``total``, ``faults`` are all there are.
    """
    named = list(faults[:MOST_NAMED])
    more = (len(faults) if total is None else total) - len(named)
    return separator.join([*named, f"and {more:,} more"] if more else named)


def name_count(number: int, noun: str) -> str:
    """Return a number with its noun, such as ``1 line`` or ``1,200 lines``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
