"""Read a district's own views, which replace some of ours, and try them on empty tables."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import duckdb

from senr_duck.errors import InputError
from senr_duck.files.regular_file import find_fault
from senr_duck.settings.nearest_name import find_nearest
from senr_duck.versions.ruleset import name_list
from senr_duck.views.empty_database import (
    create_empty_table,
    open_empty_database,
    read_view_columns,
)
from senr_duck.views.read import parse_reads, read_views
from senr_duck.views.view import View

_COPY = "begin with a copy of ours: senr-duck views NAME > FILE"
_HEADER = ("grain", "key", "stored")
_COLUMNS_NAMED = 5


def read_overlay(folder: Path, rules: str) -> dict[str, View]:
    """Return the views of a folder by qualified name, each with the path of the view it replaces.

    Raises InputError, with the name of the file, unless each file has one view that has the name,
    form, and columns of one of ours; if a view depends on the clock, on chance, or on anything but
    the run's tables; and if DuckDB refuses a view.
    """
    ours = read_views(rules)
    files = _read_files(folder)
    overlay: dict[str, View] = {}
    for file in files:
        name = _check_form(file, ours)
        if name in overlay:
            raise InputError(
                f"{file.path}: found {name} a second time, expected one file per view",
                "remove one of the files",
            )
        overlay[name] = file
    _try_on_empty_tables(overlay, rules)
    return {name: replace(file, path=ours[name].path) for name, file in overlay.items()}


@contextmanager
def explain_overlay_faults(overlay: Mapping[str, str]) -> Iterator[None]:
    """Raise InputError if a run with an overlay fails on a value, or loses or doubles lines."""
    try:
        yield
    except AssertionError:
        if not overlay:
            raise
        raise InputError(
            f"--sql-overlay: with {name_list(overlay)} instead of ours: the lines of the extracts "
            "do not add up",
            "give each record of the extracts one row, neither more nor fewer",
        ) from None
    except (duckdb.DataError, duckdb.ProgrammingError) as error:
        if not overlay:
            raise
        raise InputError(
            f"--sql-overlay: with {name_list(overlay)} instead of ours: "
            f"{type(error).__name__}: the SQL fails on a value; DuckDB's "
            "message is not shown, because it may quote a student's data",
            "convert with try_cast or try_strptime, which return null for values that do not fit",
        ) from None


def _read_files(folder: Path) -> list[View]:
    if not folder.is_dir():
        raise InputError(
            f"--sql-overlay: {folder} is not a folder, expected one with SQL files",
            "use the folder of the district's own views",
        )
    paths = sorted(folder.rglob("*.sql"))
    if not paths:
        raise InputError(f"--sql-overlay: found no file *.sql below {folder}", _COPY)
    files = []
    for path in paths:
        if not (found := find_fault(path)):
            try:
                files.append(View(path, path.read_text(encoding="utf-8-sig")))
                continue
            except UnicodeDecodeError:
                found = "bytes that are not UTF-8"
        raise InputError(
            f"{path}: found {found}, expected a readable file in UTF-8",
            "save the file again in UTF-8",
        )
    return files


def _check_form(file: View, ours: Mapping[str, View]) -> str:
    """Return the view's qualified name, which must be that of one of ours."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    from senr_duck.views.lint import lint_view

    if not file.is_view:
        raise InputError(
            f"{file.path}: found no line `create or replace view schema.name as`, expected one",
            _COPY,
        )
    name = file.qualified_name
    if name not in ours:
        near = find_nearest(name, ours)
        raise InputError(
            f"{file.path}: found the view {name}, expected one of ours",
            f"did you mean {near[0]}?" if near else "`senr-duck views` lists them",
        )
    key = ours[name].header["key"]
    if file.header.get("key", key) != key:
        raise InputError(
            f"{file.path}: found the key {file.header['key']}, expected {key}, as in ours",
            "the other views count on it: leave the header as it is",
        )
    if lacking := [field for field in _HEADER if field not in file.header]:
        raise InputError(
            f"{file.path}: found a header without {name_list(lacking)}, expected "
            f"{name_list(_HEADER)}",
            _COPY,
        )
    try:
        # only the query: if sqlglot cannot parse a whole statement, it makes it a command
        sqlglot.parse(file.query, read="duckdb")
        faults = lint_view(file)
    except SqlglotError:
        # a view that only DuckDB can parse could hide what it reads
        raise InputError(
            f"{file.path}: found SQL that cannot be parsed, expected one view", _COPY
        ) from None
    except RecursionError:
        raise InputError(
            f"{file.path}: found SQL that is nested too deeply, expected one view",
            "look for a bracket or a subquery that is repeated many times",
        ) from None
    if faults:
        raise InputError(
            f"{file.path}: {'; '.join(faults)}",
            "your own view may read only the run's tables, may call only functions that "
            "docs/rules.md lists, and must give the same rows for the same inputs; the day of a "
            "run is reference.run_parameters.as_of",
        )
    return name


def _try_on_empty_tables(files: Mapping[str, View], rules: str) -> None:
    """Compare the columns of each view with ours.

    Only the tables that a file reads are created, and they are empty, so that no message can quote
    a student's data.
    """
    columns = read_view_columns(rules)
    with open_empty_database() as con:
        for read in sorted({read for file in files.values() for read in parse_reads(file)}):
            if read in columns:
                create_empty_table(con, read, columns[read])
        for name, file in files.items():
            try:
                if len(con.extract_statements(file.statement)) != 1:  # counted by DuckDB too
                    raise InputError(f"{file.path}: found more than one statement", _COPY)
                described = con.execute(f"describe {file.query}").fetchall()
            except duckdb.Error as error:
                raise InputError(f"{file.path}: {error}", _COPY) from None
            found = [(str(column), str(data_type)) for column, data_type, *_ in described]
            if found != columns[name]:
                raise InputError(
                    f"{file.path}: {_describe_columns(found, columns[name])}",
                    f"change {name} to have the columns of ours, with their order and their types",
                )


def _describe_columns(found: list[tuple[str, str]], expected: list[tuple[str, str]]) -> str:
    nothing = ("none", "")
    wrong = [
        f"column {number}: found {' '.join(one).strip()}, expected {' '.join(other).strip()}"
        for number, (one, other) in enumerate(zip_longest(found, expected, fillvalue=nothing), 1)
        if one != other
    ]
    return (
        f"found {len(found)} columns, expected {len(expected)}; {name_list(wrong, _COLUMNS_NAMED)}"
    )
