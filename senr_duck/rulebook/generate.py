"""What is generated from the views: ``make lock`` writes it, ``make lint`` finds what is stale."""

import sys
from collections.abc import Iterator
from pathlib import Path

from senr_duck.reference.resources import read_reference, resource
from senr_duck.rulebook.check_files import fill_check_file
from senr_duck.rulebook.column_lists import fill_markers, list_parts
from senr_duck.rulebook.index import format_index
from senr_duck.rulebook.lock_version import make_lock
from senr_duck.versions.lock import format_lock, name_lock
from senr_duck.versions.ruleset import list_comparisons, list_versions
from senr_duck.views.read import read_own_views, read_views


def list_generated() -> Iterator[tuple[Path, str]]:
    """Yield each file with a generated part, and the text that it must have.

    In the order in which one follows from the other: a file that is stale must be written before
    the next one is asked for.
    """
    parts = list_parts()
    catalog = {row["code"]: row for row in read_reference("rules.csv")}
    versions = list_versions()
    for version in versions:
        for view in read_own_views(version).values():
            yield view.path, fill_markers(view.text, parts)
    for version in versions:
        views = list(read_views(version).values())
        for view in read_own_views(version).values():
            yield view.path, fill_check_file(view, views, catalog)
    for version in [*reversed(versions), *list_comparisons()]:  # each overlays one before it
        yield name_lock(version), format_lock(make_lock(version))
    yield resource("sql", "README.md"), format_index()


def find_stale() -> Iterator[tuple[Path, str]]:
    """Yield the files whose generated parts are stale, as ``list_generated`` does."""
    for path, text in list_generated():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path, text


def main() -> None:
    """Write every stale file; with ``--check`` name the first one instead, with exit status 1."""
    for path, text in find_stale():
        if "--check" in sys.argv[1:]:
            sys.exit(f"{path} is stale: run make lock")
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
