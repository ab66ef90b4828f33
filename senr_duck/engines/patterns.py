"""The regular expressions of the views, for engines that write them otherwise."""

import re

from senr_duck.engines.refused import Refused

# One character or one class of characters, once, a counted number of times, or any number of times.
_ATOM = re.compile(
    r"(?:\[(?P<class>(?:\\x[0-9A-F]{2}|\\.|[^\]\\])+)\]|(?P<char>[^\[\]{}()*+?|.^$\\]))"
    r"(?:\{(?P<count>[0-9]+)\}|(?P<star>\*))?"
)
_CLASS_PART = re.compile(r"\\x(?P<hex>[0-9A-F]{2})|\\(?P<escaped>[^\w])|(?P<plain>[^\\])")

# Within a class of LIKE these would mean something else, wherever they stand.
_NOT_IN_LIKE = frozenset("[]^-")


def check_pattern(pattern: str) -> str:
    """Return a pattern that DuckDB, PostgreSQL and Spark read alike; raises Refused otherwise.

    Such a one is made of characters and of classes without a negation, each once, ``{n}`` or ``*``.
    """
    position = 0
    while position < len(pattern):
        atom = _ATOM.match(pattern, position)
        if atom is None or (atom["class"] or "").startswith("^"):
            raise Refused(f"the regular expression {pattern!r}")
        if atom["class"]:
            _read_ranges(atom["class"], pattern)
        position = atom.end()
    return pattern


def to_like(pattern: str, *, whole: bool) -> tuple[list[str | int], bool]:
    """Return what LIKE must be given to test a pattern, and whether the answer is to be turned.

    The parts are texts, and code points that are not printable ASCII; together they make the
    LIKE pattern. ``whole`` tells a match of all of the text from a search in it. Raises Refused for
    a pattern that LIKE cannot express.
    """
    atoms = list(_ATOM.finditer(check_pattern(pattern)))
    if len(atoms) == 1 and atoms[0]["class"]:
        ranges = _read_ranges(atoms[0]["class"], pattern)
        if whole and atoms[0]["star"]:
            return ["%[^", *_write_class(ranges), "]%"], True
        if not whole and not atoms[0]["star"] and not atoms[0]["count"]:
            return ["%[", *_write_class(ranges), "]%"], False
    if not whole:
        raise Refused(f"a search for the regular expression {pattern!r}")
    parts: list[str | int] = []
    for atom in atoms:
        if atom["star"]:
            raise Refused(f"the regular expression {pattern!r}")
        if atom["class"]:
            one = ["[", *_write_class(_read_ranges(atom["class"], pattern)), "]"]
        elif atom["char"] in "%_":
            one = [f"[{atom['char']}]"]
        else:
            one = [atom["char"]]
        parts += one * int(atom["count"] or 1)
    return parts, False


def _read_ranges(text: str, pattern: str) -> list[tuple[int, int]]:
    """Return the code points of a class, first and last of each range."""
    ranges: list[tuple[int, int]] = []
    parts = list(_CLASS_PART.finditer(text))
    if "".join(part[0] for part in parts) != text:
        raise Refused(f"the regular expression {pattern!r}")
    at = 0
    while at < len(parts):
        first = _code_point(parts[at])
        if at + 2 < len(parts) and parts[at + 1]["plain"] == "-":
            ranges.append((first, _code_point(parts[at + 2])))
            at += 3
        else:
            ranges.append((first, first))
            at += 1
    return ranges


def _code_point(part: "re.Match[str]") -> int:
    return int(part["hex"], 16) if part["hex"] else ord(part["escaped"] or part["plain"])


def _write_class(ranges: list[tuple[int, int]]) -> list[str | int]:
    """Write a class for LIKE; a caret that would open it stands last, where it is itself."""
    written: list[str | int] = []
    for first, last in sorted(ranges, key=lambda one: one == (ord("^"), ord("^"))):
        ends = [chr(code) if 0x20 <= code <= 0x7E else code for code in (first, last)]
        if any(end in _NOT_IN_LIKE for end in ends) and (ends[0] != "^" or not written):
            raise Refused(f"the character {ends[0]!r} in a class of characters")
        written += ends[:1] if first == last else [ends[0], "-", ends[1]]
    return written
