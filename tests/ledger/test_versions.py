"""A ledger of an older senr-duck is read, and migrated by the first change; a newer one is not."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from senr_duck.ledger import change_ledger, read_ledger
from senr_duck.ledger.schema import VERSION
from tests.support.command_line import RUN, run_json, senr_duck, tell
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
OLDER = range(1, VERSION)
LEDGER = "senr.ledger.duckdb"
DAY = "2026-03-02"
COLUMNS = """
    select table_name, column_name, data_type, column_index from duckdb_columns() order by all
"""
COMMENTS = "select table_name, comment from duckdb_tables() order by all"


def read_sql(version: int) -> str:
    return (HERE / f"version_{version}.sql").read_text(encoding="utf-8")


def make_older(folder: Path, version: int) -> None:
    """Turn the folder's ledger into what senr-duck would have made when this was its version."""
    (folder / LEDGER).rename(folder / "current.duckdb")
    with duckdb.connect(str(folder / LEDGER)) as con:
        con.execute(read_sql(version))
        con.execute(f"attach '{folder / 'current.duckdb'}' as current (read_only)")
        tables = con.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'senr' and table_name <> 'schema_version'"
        ).fetchall()
        assert len(tables) == 6
        for (table,) in tables:
            con.execute(f"insert into {table} by name select * from current.{table}")
    (folder / "current.duckdb").unlink()


@contextmanager
def read_file(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(path), read_only=True) as con:
        yield con


def find_version(path: Path) -> int:
    with read_file(path) as con:
        made = con.execute("select 1 from duckdb_tables() where table_name = 'schema_version'")
        if not made.fetchall():
            return 1
        [(version,)] = con.execute("select version from schema_version").fetchall()
        return int(version)


def find_states(folder: Path) -> list[str]:
    (first, *_) = json.loads(tell(folder, "status", "--json"))["runs"]
    return [file["state"] for file in first["files"]]


def test_the_tables_are_those_of_the_file_of_this_version(tmp_path: Path) -> None:
    with change_ledger(tmp_path / "senr.duckdb"):
        pass
    with read_file(tmp_path / LEDGER) as made, duckdb.connect() as con:
        con.execute(read_sql(VERSION))
        assert made.execute(COLUMNS).fetchall() == con.execute(COLUMNS).fetchall()
        assert made.execute(COMMENTS).fetchall() == con.execute(COMMENTS).fetchall()
        assert made.execute("from schema_version").fetchall() == [(VERSION,)]
        assert con.execute("from schema_version").fetchall() == [(VERSION,)]


@pytest.mark.parametrize("version", OLDER)
def test_a_migrated_ledger_is_like_a_new_one(version: int, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / LEDGER)) as con:
        con.execute(read_sql(version))
    with change_ledger(tmp_path / "senr.duckdb"):
        pass
    with read_file(tmp_path / LEDGER) as migrated, duckdb.connect() as con:
        con.execute(read_sql(VERSION))
        assert migrated.execute(COLUMNS).fetchall() == con.execute(COLUMNS).fetchall()
        assert migrated.execute(COMMENTS).fetchall() == con.execute(COMMENTS).fetchall()
        assert migrated.execute("from schema_version").fetchall() == [(VERSION,)]


@pytest.mark.parametrize("version", OLDER)
def test_an_older_ledger_is_read_without_a_change_to_it(
    workspace_with_run: Path, version: int
) -> None:
    folder = workspace_with_run
    said = tell(folder, "status", "--json")
    make_older(folder, version)
    before = take_stock(folder)
    assert tell(folder, "status", "--json") == said
    checked = senr_duck(folder, "check", *RUN[1:], "--quiet")
    assert (checked.returncode, checked.stderr.count("error")) == (1, 0)
    assert take_stock(folder) == before


@pytest.mark.parametrize("version", OLDER)
def test_the_first_posting_migrates_it_and_is_known_to_the_next_run(
    workspace_with_run: Path, version: int
) -> None:
    folder = workspace_with_run
    make_older(folder, version)
    assert find_version(folder / LEDGER) == version
    tell(folder, "posted", read_run_id(folder), "--on", DAY)
    assert find_version(folder / LEDGER) == VERSION
    assert find_states(folder) == ["posted", "posted", "posted"]
    assert sum(file["records"] for file in run_json(folder)["files"]) == 0


@pytest.mark.parametrize("version", OLDER)
def test_a_run_knows_what_an_older_ledger_says_has_posted_and_migrates_it(
    workspace_with_run: Path, version: int
) -> None:
    folder = workspace_with_run
    first = read_run_id(folder)
    tell(folder, "posted", first, "--on", DAY)
    make_older(folder, version)
    assert sum(file["records"] for file in run_json(folder)["files"]) == 0
    assert find_version(folder / LEDGER) == VERSION
    runs = json.loads(tell(folder, "status", "--json"))["runs"]
    assert [one["run_id"] for one in runs] == [read_run_id(folder), first]


@pytest.mark.parametrize("version", OLDER)
def test_a_command_that_fails_or_is_killed_leaves_the_older_ledger(
    workspace_with_run: Path, version: int
) -> None:
    folder = workspace_with_run
    make_older(folder, version)
    before = take_stock(folder)
    assert senr_duck(folder, "posted", "no-such-run", "--on", DAY).returncode == 2
    assert take_stock(folder) == before
    program = """
import os
import senr_duck.ledger.store as store
migrate = store.migrate_ledger
def then_die(*given):
    migrate(*given)
    os._exit(9)
store.migrate_ledger = then_die
"""
    killed = senr_duck(folder, "posted", read_run_id(folder), "--on", DAY, before=program)
    assert killed.returncode == 9
    assert take_stock(folder, LEDGER) == {LEDGER: before[LEDGER]}
    tell(folder, "posted", read_run_id(folder), "--on", DAY)
    assert find_version(folder / LEDGER) == VERSION


@pytest.mark.parametrize("version", OLDER)
def test_an_older_ledger_whose_run_was_not_complete_is_settled(
    workspace_with_run: Path, version: int
) -> None:
    folder = workspace_with_run
    make_older(folder, version)
    (folder / LEDGER).rename(folder / f".{LEDGER}.next")
    assert find_states(folder) == ["written", "written", "written"]
    assert not (folder / f".{LEDGER}.next").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("posted", "2026", "--on", DAY),
        ("rejected", "rejected.txt"),
        ("clean-runs",),
        ("check", *RUN[1:]),
        RUN,
    ],
    ids=lambda command: command[0],
)
def test_a_ledger_of_a_newer_senr_duck_is_refused_by_name(
    workspace_with_run: Path, command: tuple[str, ...]
) -> None:
    folder = workspace_with_run
    with duckdb.connect(str(folder / LEDGER)) as con:
        con.execute("update schema_version set version = 99; create table of_the_future (n int)")
    before = take_stock(folder)
    done = senr_duck(folder, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: {LEDGER} was written by a newer senr-duck: its version is 99, and this one knows "
        f"ledgers up to version {VERSION}\n\n"
        "hint: install the newer senr-duck again; an older one does not know what has posted\n"
    )
    assert take_stock(folder) == before


def test_two_databases_of_one_stem_have_two_ledgers(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    tell(folder, "posted", read_run_id(folder), "--on", DAY)
    for name, ledger in (("senr", "senr.ledger"), ("senr.db", "senr.ledger.db")):
        assert not (folder / ledger).exists()
        assert sum(file["records"] for file in run_json(folder, "--db", name)["files"]) == 5
        with read_ledger(folder / name) as con:
            assert con.execute("select distinct state from file").fetchall() == [("written",)]
        assert (folder / ledger).exists()
    assert find_states(folder) == ["posted", "posted", "posted"]


@pytest.mark.parametrize("command", [("status",), ("posted", "2026", "--on", DAY), RUN])
def test_a_ledger_under_its_earlier_name_is_not_passed_over(
    workspace_with_run: Path, command: tuple[str, ...]
) -> None:
    folder = workspace_with_run
    (folder / "senr.duckdb").rename(folder / "senr")
    before = take_stock(folder)
    done = senr_duck(folder, *command, "--db", "senr")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: senr.ledger is missing, but {LEDGER} exists, which was the ledger of senr and of "
        "senr.duckdb; expected one for each\n\n"
        f"hint: copy {LEDGER} to senr.ledger, so that what has posted is still known\n"
    )
    assert take_stock(folder) == before
    shutil.copyfile(folder / LEDGER, folder / "senr.ledger")
    assert senr_duck(folder, *command, "--db", "senr").returncode == 0
