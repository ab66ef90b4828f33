"""The tests' own short cut: a run that takes what another has worked out publishes the same."""

import json
from pathlib import Path

import duckdb
import pytest

from tests.support.command_line import Ended, run
from tests.support.extracts import every_class, write_every_class, write_sis
from tests.support.stock import take_stock


def read_database(path: Path) -> dict[str, list[str]]:
    """Return the rows of each table of a database, in their order, and what its views select."""
    with duckdb.connect(str(path), read_only=True) as con:
        names = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by all"
        ).fetchall()
        tables = {name: con.execute(f"from {name}").fetchall() for (name,) in names}
        tables["views"] = con.execute(
            "select schema_name, view_name, comment, sql from duckdb_views() "
            "where not internal order by all"
        ).fetchall()
    return {name: sorted(map(repr, rows)) for name, rows in tables.items()}


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Return three folders with the same extracts."""
    made = [tmp_path / name for name in ("alone", "first", "second")]
    for folder in made:
        folder.mkdir()
        write_every_class(folder)
    return made


def summarize(done: Ended) -> dict[str, object]:
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return {name: value for name, value in told.items() if name != "seconds"}


def test_a_run_that_works_out_nothing_itself_publishes_the_same(folders: list[Path]) -> None:
    told = [summarize(run(one, "--json", remembers=one != folders[0])) for one in folders]
    assert told[1:] == told[:1] * 2
    written = [take_stock(one, "out/**/*") for one in folders]
    assert written[1:] == written[:1] * 2
    alone, *others = [read_database(one / "senr.duckdb") for one in folders]
    assert [one == alone for one in others] == [True, True]


def test_a_run_on_other_rows_works_them_out_itself(folders: list[Path]) -> None:
    _, sis = every_class()
    write_sis(folders[1] / "sis.txt", [{**one, "grade_level_code": "03"} for one in sis])
    others = [summarize(run(one, "--json")) for one in folders]
    assert others[1] != others[0] == others[2]
