"""Find the names that the user may have meant: keys, views, districts."""

import difflib
from collections.abc import Iterable

_SHORTEST_PART = 4  # characters; a shorter text is part of too many names
_LEAST_LIKE = 0.7  # 1 is the same spelling


def find_nearest(wanted: str, names: Iterable[str], most: int = 1) -> list[str]:
    """Return the names most similar to the wanted one, ignoring upper and lower case.

    Of a name with dots, such as ``recon.finding``, only the last part counts. Names that begin
    with the wanted one come first, then those that contain it, then those with a similar spelling,
    most similar first.
    """
    by_last_part = {_fold(name): name for name in names}
    part = _fold(wanted)
    near = difflib.get_close_matches(part, by_last_part, most, _LEAST_LIKE)
    if len(part) >= _SHORTEST_PART:
        begin = [name for name in by_last_part if name.startswith(part)]
        near = [*begin, *(name for name in by_last_part if part in name), *near]
    return [by_last_part[name] for name in dict.fromkeys(near)][:most]


def _fold(name: str) -> str:
    return name.rpartition(".")[2].casefold()
