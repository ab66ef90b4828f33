"""Find the names that somebody may have meant: keys, views, districts."""

import difflib
from collections.abc import Iterable

_SHORTEST_PART = 4  # characters; a shorter text is a part of too many names
_LEAST_LIKE = 0.7  # of 1, which is the same spelling


def find_nearest(wanted: str, names: Iterable[str], most: int = 1) -> list[str]:
    """Return the names most like the wanted one, in any case.

    Of a name with dots, such as ``recon.finding``, the last part counts. First come the names that
    have the wanted one as a part, in their order, then those that are spelled much like it, the
    nearest first.
    """
    by_last_part = {_fold(name): name for name in names}
    part = _fold(wanted)
    near = difflib.get_close_matches(part, by_last_part, most, _LEAST_LIKE)
    if len(part) >= _SHORTEST_PART:
        near = [*(name for name in by_last_part if part in name), *near]
    return [by_last_part[name] for name in dict.fromkeys(near)][:most]


def _fold(name: str) -> str:
    return name.rpartition(".")[2].casefold()
