"""A district's own views, each in the place of one of ours: read, and tried on empty tables."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import duckdb

from senr_duck.errors import InputError
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
    """Return the views of a folder by qualified name, each with the path of ours that it replaces.

    Raises InputError that names the file for anything but one view of ours a file, in the form of
    ours, with our columns; for what depends on the clock, on chance or on anything but the run's
    tables; and for what DuckDB refuses.
    """
    ours = read_views(rules)
    files = _read_files(folder)
    overlay: dict[str, View] = {}
    for file in files:
        name = _check_form(file, ours)
        if name in overlay:
            raise InputError(
                f"{file.path}: found {name} a second time, expected one file for a view",
                "take one of the files away",
            )
        overlay[name] = file
    _try_on_empty_tables(overlay, rules)
    return {name: replace(file, path=ours[name].path) for name, file in overlay.items()}


@contextmanager
def explain_overlay_faults(overlay: Mapping[str, str]) -> Iterator[None]:
    """Raise InputError where a run with views of an overlay meets a value that does not fit."""
    try:
        yield
    except (duckdb.DataError, duckdb.ProgrammingError) as error:
        if not overlay:
            raise
        raise InputError(
            f"--sql-overlay: {name_list(overlay)} in the place of ours: "
            f"{type(error).__name__}: a value does not fit what the SQL does with it; DuckDB's "
            "words are left out, for they may quote a student's data",
            "convert with try_cast or try_strptime, which give null for what does not fit",
        ) from None


def _read_files(folder: Path) -> list[View]:
    if not folder.is_dir():
        raise InputError(
            f"--sql-overlay: {folder} is no folder, expected one that holds SQL files",
            "give the folder of the district's own views",
        )
    paths = sorted(folder.rglob("*.sql"))
    if not paths:
        raise InputError(f"--sql-overlay: found no file *.sql below {folder}", _COPY)
    files = []
    for path in paths:
        try:
            files.append(View(path, path.read_text(encoding="utf-8-sig")))
        except (UnicodeDecodeError, OSError) as error:
            raise InputError(
                f"{path}: found {getattr(error, 'strerror', None) or 'bytes that are not UTF-8'}, "
                "expected a readable file in UTF-8",
                "save the file again in UTF-8",
            ) from None
    return files


def _check_form(file: View, ours: Mapping[str, View]) -> str:
    """Return the qualified name of the view, which is one of ours."""
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
    if lacking := [field for field in _HEADER if field not in file.header]:
        raise InputError(
            f"{file.path}: found a header without {name_list(lacking)}, expected "
            f"{name_list(_HEADER)}",
            _COPY,
        )
    try:
        # alone: of a whole statement that it cannot parse, sqlglot makes a command
        sqlglot.parse(file.query, read="duckdb")
        faults = lint_view(file)
    except SqlglotError:
        # a view that DuckDB takes and sqlglot does not could hide what it reads
        raise InputError(
            f"{file.path}: found SQL that cannot be parsed, expected one view", _COPY
        ) from None
    if faults:
        raise InputError(
            f"{file.path}: {'; '.join(faults)}",
            "a view of your own reads the run's tables and nothing else, calls only functions that "
            "docs/rules.md lists, and gives the same rows for the same inputs; the day of a run is "
            "reference.run_parameters.as_of",
        )
    return name


def _try_on_empty_tables(files: Mapping[str, View], rules: str) -> None:
    """Compare the columns of each view with ours; no row means no student in a message.

    Only what a file reads is created, as empty tables.
    """
    columns = read_view_columns(rules)
    with open_empty_database() as con:
        for read in sorted({read for file in files.values() for read in parse_reads(file)}):
            if read in columns:
                create_empty_table(con, read, columns[read])
        for name, file in files.items():
            try:
                if len(con.extract_statements(file.statement)) != 1:  # by DuckDB's own count too
                    raise InputError(f"{file.path}: found more than one statement", _COPY)
                described = con.execute(f"describe {file.query}").fetchall()
            except duckdb.Error as error:
                raise InputError(f"{file.path}: {error}", _COPY) from None
            found = [(str(column), str(data_type)) for column, data_type, *_ in described]
            if found != columns[name]:
                raise InputError(
                    f"{file.path}: {_tell_columns(found, columns[name])}",
                    f"give {name} the columns of ours, in their order and with their types",
                )


def _tell_columns(found: list[tuple[str, str]], expected: list[tuple[str, str]]) -> str:
    nothing = ("none", "")
    wrong = [
        f"column {number}: found {' '.join(one).strip()}, expected {' '.join(other).strip()}"
        for number, (one, other) in enumerate(zip_longest(found, expected, fillvalue=nothing), 1)
        if one != other
    ]
    return (
        f"found {len(found)} columns, expected {len(expected)}; {name_list(wrong, _COLUMNS_NAMED)}"
    )
