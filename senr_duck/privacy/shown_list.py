"""Name the first of many faults in a message, which says how many more there are."""

from collections.abc import Sequence

# As many as a person reads; a broken file has as many faults as lines.
MOST_NAMED = 20


def name_first(faults: Sequence[str], total: int | None = None, separator: str = ", ") -> str:
    """Return the first MOST_NAMED faults as one text; ``total`` is how many there are in all.

    Without ``total``, the faults given are all.
    """
    named = list(faults[:MOST_NAMED])
    more = (len(faults) if total is None else total) - len(named)
    return separator.join([*named, f"and {more:,} more"] if more else named)
