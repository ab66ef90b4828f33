"""A published database says its version, and commands refuse another one by name."""

import re
from pathlib import Path

import duckdb
import pytest

import senr_duck
from senr_duck import __version__
from senr_duck.database.schema import VERSION
from tests.support.command_line import RUN
from tests.support.command_line import senr_duck as call
from tests.support.places import SAMPLE
from tests.support.stock import read_run_id, take_stock

HERE = Path(__file__).parent
PACKAGE = Path(senr_duck.__file__).parent
READING = [
    ("sql", "select 1"),
    ("explain", "1000000001"),
    ("spot-check",),
    ("report",),
    ("report", "--no-student-data"),
]


def make_version_1(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute((HERE / "version_1.sql").read_text(encoding="utf-8"))


def change_version(path: Path, version: int) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute("update reference.schema_version set version = ?", [version])


def list_unbound(database: Path) -> list[str]:
    """Return the views whose columns DuckDB does not know; before DuckDB 1.5, nobody reads them."""
    with duckdb.connect(str(database), read_only=True) as con:
        found = con.execute(
            "select view_name from duckdb_views() where not internal and not is_bound"
        ).fetchall()
    return [name for (name,) in found]


def test_older_programs_can_read_every_view(workspace: Path) -> None:
    assert call(workspace, *RUN, "--quiet", remembers=False).returncode == 0
    assert list_unbound(workspace / "senr.duckdb") == []


@pytest.mark.parametrize("file", ["sela", "sprg", "sinf"])
def test_older_programs_can_read_every_view_of_a_comparison(tmp_path: Path, file: str) -> None:
    sides = [
        *("--ods", str(SAMPLE / f"{file}_ods.txt")),
        *("--sis", str(SAMPLE / f"{file}_sis.csv")),
    ]
    options = ("--config", str(SAMPLE / "senr.toml"), "--as-of", "2026-10-30", "--allow-other-year")
    done = call(tmp_path, "compare", file, *sides, *options)
    assert done.returncode == 0, done.stderr
    assert list_unbound(tmp_path / f"compare_{file}.duckdb") == []


def test_a_database_says_its_version_and_who_made_it(every_class_run: Path) -> None:
    with duckdb.connect(str(every_class_run / "senr.duckdb"), read_only=True) as con:
        assert con.execute("from reference.schema_version").fetchall() == [(VERSION, __version__)]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_an_older_database_is_refused_by_name(tmp_path: Path, command: tuple[str, ...]) -> None:
    make_version_1(tmp_path / "senr.duckdb")
    before = take_stock(tmp_path)
    done = call(tmp_path, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: senr.duckdb was published by an older senr-duck: its version is 1, expected "
        f"{VERSION}\n\nhint: run again with `senr-duck run`, which replaces it\n"
    )
    assert take_stock(tmp_path) == before


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_newer_database_is_refused_by_name(
    workspace_with_run: Path, command: tuple[str, ...]
) -> None:
    change_version(workspace_with_run / "senr.duckdb", VERSION + 1)
    before = take_stock(workspace_with_run)
    done = call(workspace_with_run, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: senr.duckdb was published by a newer senr-duck: its version is "
        f"{VERSION + 1}, expected {VERSION}\n\n"
        "hint: install the newer senr-duck again, or run again with another --db\n"
    )
    assert take_stock(workspace_with_run) == before


@pytest.mark.parametrize("command", [("status",), ("posted", "2026", "--on", "2026-03-02")])
def test_the_ledger_works_next_to_an_older_database(
    workspace_with_run: Path, command: tuple[str, ...]
) -> None:
    change_version(workspace_with_run / "senr.duckdb", VERSION - 1)
    assert call(workspace_with_run, *command).returncode == 0


def test_a_run_replaces_an_older_database(workspace: Path) -> None:
    make_version_1(workspace / "senr.duckdb")
    assert call(workspace, *RUN, "--quiet").returncode == 0
    assert read_run_id(workspace) != "2026-03-02-0123456789ab"
    assert call(workspace, "sql", "select 1").returncode == 0


@pytest.mark.parametrize(
    "command", [(*RUN, "--quiet"), ("status",), ("posted", "2026")], ids=lambda command: command[0]
)
def test_a_newer_database_is_neither_replaced_nor_passed_over(
    workspace_with_run: Path, command: tuple[str, ...]
) -> None:
    change_version(workspace_with_run / "senr.duckdb", VERSION + 1)
    before = take_stock(workspace_with_run)
    done = call(workspace_with_run, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "senr.duckdb was published by a newer senr-duck" in done.stderr
    assert take_stock(workspace_with_run) == before


def test_the_database_of_a_stopped_run_has_a_version_too(workspace: Path) -> None:
    text = (workspace / "sis.txt").read_text(encoding="utf-8")
    (workspace / "sis.txt").write_text(text.replace("^2025", "^x025"), encoding="utf-8", newline="")
    assert call(workspace, *RUN, "--quiet").returncode == 1
    asked = ("sql", "--csv", "select version from reference.schema_version")
    done = call(workspace, *asked, "--db", "out/stopped/senr.duckdb")
    assert (done.returncode, done.stdout) == (0, f"version\n{VERSION}\n")


def list_read_columns(database: Path) -> str:
    """Return the columns of every table and view that a command's Python names, as text."""
    named = {
        name
        for folder in ("database", "student", "work_lists", "causes", "report")
        for path in (PACKAGE / folder).glob("*.py")
        for name in re.findall(
            r"\b(?:recon|staging|reference)\.\w+", path.read_text(encoding="utf-8")
        )
    }
    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            """
            select
                schema_name || '.' || table_name,
                string_agg(column_name, ', ' order by column_index)
            from duckdb_columns()
            group by 1
            order by 1
            """
        ).fetchall()
    return "".join(f"{name}: {columns}\n" for name, columns in rows if name in named)


def test_what_commands_read_is_as_in_the_file_of_this_version(every_class_run: Path) -> None:
    """If this fails after a release, raise VERSION in database/schema.py, and add its file.

    Before the release, write the new text to the file: ``python -m tests.database.test_versions``.
    """
    kept = (HERE / f"version_{VERSION}.txt").read_text(encoding="utf-8")
    assert list_read_columns(every_class_run / "senr.duckdb") == kept


if __name__ == "__main__":
    import tempfile

    from tests.support.extracts import write_every_class

    with tempfile.TemporaryDirectory() as made:
        assert call(write_every_class(Path(made)), *RUN, "--quiet").returncode == 0
        text = list_read_columns(Path(made, "senr.duckdb"))
    (HERE / f"version_{VERSION}.txt").write_text(text, encoding="utf-8", newline="\n")
