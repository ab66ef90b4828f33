"""Compare two versions of the rules view by view, ignoring formatting and comments."""

import difflib
from dataclasses import dataclass

from senr_duck.versions.ruleset import check_version
from senr_duck.views.read import read_views
from senr_duck.views.view import View


@dataclass(frozen=True)
class Difference:
    """A view that differs between two versions.

    ``kind`` is ``added``, ``removed``, or ``changed``; ``lines`` are a unified diff of the
    formatted statements, without the diff's header.
    """

    view: str
    kind: str
    lines: tuple[str, ...]


def diff_versions(one: str, other: str) -> list[Difference]:
    """Return the differences from one version's views to the other's, by qualified name.

    Raises InputError for an unknown version.
    """
    return diff_views(read_views(check_version(one)), read_views(check_version(other)))


def diff_views(one: dict[str, View], other: dict[str, View]) -> list[Difference]:
    """Return the differences between views of the same names, sorted by name."""
    differences = []
    for name in sorted({*one, *other}):
        before, after = one.get(name), other.get(name)
        if before is not None and after is not None and before.text == after.text:
            continue  # true for most views: both versions have the same file
        lines = _diff_lines(before, after)
        if lines:
            kind = "added" if before is None else "removed" if after is None else "changed"
            differences.append(Difference(name, kind, lines))
    return differences


def _diff_lines(before: View | None, after: View | None) -> tuple[str, ...]:
    lines = difflib.unified_diff(_normalize(before), _normalize(after), lineterm="", n=2)
    return tuple(lines)[2:]


def _normalize(view: View | None) -> list[str]:
    """Return the statement as lines in a standard format; a stored view creates a table."""
    if view is None:
        return []
    import sqlglot
    from sqlglot.optimizer.normalize_identifiers import normalize_identifiers

    tree = normalize_identifiers(sqlglot.parse_one(view.statement, read="duckdb"), dialect="duckdb")
    return tree.sql(dialect="duckdb", pretty=True, comments=False).splitlines()
