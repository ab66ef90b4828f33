"""Fixtures: folders to run in, and the bench that runs a view over a case's rows."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from senr_duck.reference.layout import compared_columns
from senr_duck.reference.resources import read_reference
from senr_duck.versions.ruleset import list_comparisons, list_versions, newest_version
from senr_duck.views.empty_database import create_empty_tables, read_columns
from senr_duck.views.order import order_views
from senr_duck.views.read import read_dependencies
from senr_duck.views.view import View
from tests.support.command_line import REMEMBERED, run, run_sample
from tests.support.extracts import write_every_class
from tests.support.once import make_once
from tests.support.stock import take_stock

Row = Mapping[str, Any]

_KEYBOARD = {"apostrophe": "'", "hyphen": "-", "space": " "}


def _list_name_characters() -> list[Row]:
    """Return the characters that names lose or change, those that become nothing at the end."""
    rows = read_reference("name_characters.csv")
    rows = sorted(rows, key=lambda row: (row["becomes"] == "nothing", row["code"]))
    return [
        {"place": place, "character": chr(int(row["code"].removeprefix("U+"), 16))}
        | ({"becomes": _KEYBOARD[row["becomes"]]} if row["becomes"] in _KEYBOARD else {})
        for place, row in enumerate(rows, start=1)
    ]


_NAME_CHARACTERS = _list_name_characters()

# Tables of exactly one row; a case lists only the columns in which its row differs.
_ONE_ROW: dict[str, Row] = {
    "first_close_out": {"first_day": date(2026, 5, 21)},
    "run_parameters": {
        "lea": "1964733",
        "has_several_leas": False,
        "as_of": date(2026, 3, 2),
        "school_year": "2025-2026",
        "school_year_start": date(2025, 7, 1),
        "school_year_end": date(2026, 6, 30),
        "window_start": date(2023, 7, 1),
        "rules": newest_version(),
        "change_years": "current",
        "exit_date_is": "last_day",
        "has_requested_schools": False,
        "close_open_enrollments": True,
        "year_end_window_days": 14,
        "grade_12": "hold",
        "prekindergarten_exit": "E450",
        "encoding": "utf-8",
        "has_school_list": False,
        "max_removal_share": 0.02,
        "max_held_share": 0.05,
        "max_update_share": 0.05,
        "allow_missing_schools": False,
        "allow_empty_scope": False,
        "allow_stale_ods": False,
        "use_evidence": True,
        "use_shortcut": True,
        "evidence_students": 5,
    },
    "compare_parameters": {
        "lea": "1964733",
        "as_of": date(2026, 3, 2),
        "school_year": "2025-2026",
        "school_year_start": date(2025, 7, 1),
        "school_year_end": date(2026, 6, 30),
        "has_enrollments": True,
        "holds_other_leas": False,
    },
    "name_replacement": {
        "characters": "".join(row["character"] for row in _NAME_CHARACTERS),
        "plain_characters": "".join(row.get("becomes", "") for row in _NAME_CHARACTERS),
    },
    "sis_column_given": dict.fromkeys(compared_columns(), True),
}

# Tables that have rows in every run; a case that lists any rows must list all.
_USUAL_ROWS: dict[str, Sequence[Row]] = {
    "run_lea": [{"reporting_lea": "1964733"}],
    "sentence": read_reference("sentences.csv"),
    "name_character": _NAME_CHARACTERS,
    "code": [
        *(
            {"code_set": "exit_reason", "code": code, "is_year_end": True, "is_only_year_end": only}
            for code, only in (
                ("E155", True),
                ("E156", True),
                ("E170", True),
                ("E230", False),
                ("E450", False),
            )
        ),
        {"code_set": "exit_reason", "code": "N470", "is_year_end": False, "no_show_days": 1},
        {"code_set": "exit_reason", "code": "T160", "is_year_end": False},
    ],
}


class CaseFault(Exception):
    """An error in the file of a case, not in the view."""


@dataclass(frozen=True)
class Table:
    """A table or view that cases may fill: its qualified name, its columns with their types."""

    qualified_name: str
    columns: dict[str, str]


@dataclass(frozen=True)
class Chain:
    """What DuckDB makes of all views, one after the other, over empty tables.

    ``tables`` are tables and views by name without schema; ``broken`` are the views that it
    refuses, with what it says.
    """

    tables: dict[str, Table]
    broken: dict[str, str]


def create_chain() -> Chain:
    """Create the views of all versions of the rules over empty tables: two seconds of work."""
    broken: dict[str, str] = {}
    with duckdb.connect() as con:
        create_empty_tables(con)
        for version in [*list_versions(), *list_comparisons()]:
            for view in order_views(version):
                try:
                    con.execute(view.statement)
                except duckdb.Error as error:
                    broken[view.name] = str(error)
        return Chain(_list_tables(con), broken)


class ViewBench:
    """Runs one view at a time over given rows; everything that it reads is a table.

    ``broken`` are the views that DuckDB refuses, by name without schema, with its message. Each run
    is rolled back, so that cases do not affect each other.
    """

    def __init__(self, chain: Chain) -> None:
        self.tables, self.broken = chain.tables, chain.broken
        self._views: dict[str, dict[str, View]] = {}
        self._reads: dict[str, dict[str, list[str]]] = {}
        for version in [*list_versions(), *list_comparisons()]:
            ordered = order_views(version)
            self._views[version] = {view.name: view for view in ordered}
            self._reads[version] = read_dependencies(
                version, {view.qualified_name: view for view in ordered}
            )
        self._con = self.connect()
        for schema in {table.qualified_name.partition(".")[0] for table in self.tables.values()}:
            self._con.execute(f"create schema if not exists {schema}")
        for table in self.tables.values():
            self._con.execute(self.write_table(table))
        for name, row in _ONE_ROW.items():
            self._insert(name, [row])
        for name, rows in _USUAL_ROWS.items():
            self._insert(name, rows)

    def connect(self) -> Any:
        """Return the database in which the views run; another engine's bench has its own."""
        return duckdb.connect()

    def write_table(self, table: Table) -> str:
        """Return the statement that creates an empty table for a table or a view."""
        columns = ", ".join(f'"{name}" {type_}' for name, type_ in table.columns.items())
        return f"create table {table.qualified_name} ({columns})"

    def write_query(self, view: View) -> str:
        """Return what a view selects."""
        return view.query

    def close(self) -> None:
        """Close the database."""
        self._con.close()

    def run_view(
        self, name: str, given: Mapping[str, Sequence[Row]], version: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the view's rows over the given rows; tables are named without schema.

        Without ``rules`` it is the view of the newest version. A column that a given row lacks is
        null, or set by ``_complete``; a table that the case does not give is empty, except those of
        exactly one row and ``_USUAL_ROWS``. Raises CaseFault.
        """
        if name in self.broken:
            raise CaseFault(f"{name} does not compile: {self.broken[name]}")
        version = version or newest_version()
        view = self._views[version][name]
        reads = {read.partition(".")[2] for read in self._reads[version][view.qualified_name]}
        if stray := sorted(set(given) - reads):
            raise CaseFault(f"{name} does not read {stray}, but {sorted(reads)}")
        self._con.begin()
        try:
            for name_given, rows in given.items():
                self._fill(name_given, rows)
            result = self._con.execute(self.write_query(view))
            columns = [column[0] for column in result.description or ()]
            return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
        finally:
            self._con.rollback()

    def list_columns(self, name: str) -> list[str]:
        """Return the columns of a view that compiles."""
        return list(self.tables[name].columns)

    def _fill(self, name: str, rows: Sequence[Row]) -> None:
        """Put the rows into a table, in place of those that it usually has."""
        if name in _ONE_ROW:
            if len(rows) > 1:
                raise CaseFault(f"{name} has one row, {len(rows)} are given")
            rows = [{**_ONE_ROW[name], **row} for row in rows or [{}]]
        if name in _ONE_ROW or name in _USUAL_ROWS:
            self._con.execute(f"delete from {self.tables[name].qualified_name}")
        self._insert(name, rows)

    def _insert(self, name: str, rows: Sequence[Row]) -> None:
        table = self.tables[name]
        rows = [_complete(row, table.columns) for row in rows]
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if unknown := sorted(set(columns) - set(table.columns)):
            raise CaseFault(f"{name} has no column {unknown}, but {list(table.columns)}")
        for column, value in (cell for row in rows for cell in row.items()):
            if table.columns[column] == "VARCHAR" and not isinstance(value, str):
                raise CaseFault(f"{name}.{column} is text, and {value!r} is not")
            if table.columns[column] == "BOOLEAN" and not isinstance(value, bool):
                raise CaseFault(f"{name}.{column} is true or false, and {value!r} is neither")
        if rows:
            marks = ", ".join(f"({', '.join('?' for _ in columns)})" for _ in rows)
            names = ", ".join(f'"{column}"' for column in columns)
            self._con.execute(
                f"insert into {table.qualified_name} ({names}) values {marks}",
                [row.get(column) for row in rows for column in columns],
            )


def _complete(row: Row, columns: Mapping[str, str]) -> Row:
    """Return a row of a run of one LEA: the student's key is the SSID, without an LEA."""
    usual = {"student_lea": ""} | ({"student_key": row["ssid"]} if "ssid" in row else {})
    return {name: value for name, value in usual.items() if name in columns} | dict(row)


def compare_rows(
    expected: Sequence[Row], found: Sequence[Row], columns: Sequence[str]
) -> str | None:
    """Return how two lists of rows differ in the columns, ignoring order; None if they are equal.

    A column that a row lacks counts as null.
    """

    def reduce(rows: Sequence[Row]) -> Counter[tuple[Any, ...]]:
        return Counter(tuple(row.get(column) for column in columns) for row in rows)

    wanted, got = reduce(expected), reduce(found)
    lines = [f"{len(expected)} rows expected, {len(found)} found"]
    for title, rows in (("missing", wanted - got), ("not expected", got - wanted)):
        for row in sorted(rows.elements(), key=repr):
            shown = zip(columns, row, strict=True)
            lines.append(f"  {title}: " + ", ".join(f"{name} = {value}" for name, value in shown))
    return None if wanted == got else "\n".join(lines)


@pytest.fixture(scope="session", autouse=True)
def _remembered(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the runs of all processes of the session remember the views of earlier ones."""
    os.environ[REMEMBERED] = str(make_once(tmp_path_factory, "remembered", lambda _: None))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a folder with two extracts that contain every class."""
    return write_every_class(tmp_path)


@pytest.fixture(scope="session")
def every_class_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder in which those extracts have been reconciled, to be read and not changed.

    It is one for all processes of the session; ``first_run`` is what the run printed.
    """

    def make(folder: Path) -> None:
        write_every_class(folder)
        done = run(folder, "--json", "--quiet")
        assert (done.returncode, done.stderr) == (0, "")
        folder.with_name(f"{folder.name}.json").write_text(done.stdout, encoding="utf-8")

    folder = make_once(tmp_path_factory, "every_class_run", make)
    before = take_stock(folder)
    yield folder
    assert take_stock(folder) == before, "a test changed what it may only read"


@pytest.fixture(scope="session")
def first_run(every_class_run: Path) -> dict[str, Any]:
    """Give the object that ``run --json`` printed of that run."""
    printed = every_class_run.with_name(f"{every_class_run.name}.json").read_text(encoding="utf-8")
    summary = json.loads(printed)
    assert isinstance(summary, dict)
    return summary


@pytest.fixture
def workspace_with_run(every_class_run: Path, tmp_path: Path) -> Path:
    """Give a folder like ``every_class_run``, of the test's own."""
    return Path(shutil.copytree(every_class_run, tmp_path, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder in which the committed sample has been reconciled, to be read alone."""

    def make(folder: Path) -> None:
        done = run_sample(folder, "--quiet")
        assert done.returncode == 0, done.stderr

    folder = make_once(tmp_path_factory, "sample_run", make)
    before = take_stock(folder)
    yield folder
    assert take_stock(folder) == before, "a test changed what it may only read"


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    """Give what DuckDB makes of the views, found out once per session."""

    def make(folder: Path) -> None:
        (folder / "chain.json").write_text(json.dumps(asdict(create_chain())), encoding="utf-8")

    folder = make_once(tmp_path_factory, "chain", make)
    made = json.loads((folder / "chain.json").read_text(encoding="utf-8"))
    tables = {name: Table(**table) for name, table in made["tables"].items()}
    return Chain(tables, made["broken"])


@pytest.fixture(scope="session")
def view_bench(chain: Chain) -> Iterator[ViewBench]:
    """Yield the bench, built once per process."""
    bench = ViewBench(chain)
    yield bench
    bench.close()


def _list_tables(con: duckdb.DuckDBPyConnection) -> dict[str, Table]:
    """Return tables and views by name without schema; no name occurs in two schemas."""
    columns = read_columns(con)
    tables = {name.partition(".")[2]: Table(name, dict(columns[name])) for name in columns}
    assert len(tables) == len(columns)
    return tables
