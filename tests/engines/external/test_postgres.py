"""On PostgreSQL, the transpiled scripts give the same rows as DuckDB."""

import re
import subprocess
from pathlib import Path

import duckdb
import psycopg
import pytest

from senr_duck.engines.parity import COMPARED
from senr_duck.engines.relations import read_relations
from senr_duck.engines.translate import select_translated
from senr_duck.versions.ruleset import newest_version
from senr_duck.views.order import order_views
from tests.support.command_line import senr_duck

VIEWS = [view.qualified_name for view in select_translated(order_views(newest_version()))]
INPUT = re.compile(r"^create table ([\w.]+) \($", re.MULTILINE)


@pytest.fixture(scope="module")
def scripts(
    tmp_path_factory: pytest.TempPathFactory, postgres: str, published: duckdb.DuckDBPyConnection
) -> Path:
    """Run all scripts but the comparison, the inputs filled from DuckDB; return their folder."""
    folder = tmp_path_factory.mktemp("scripts") / "postgres"
    done = senr_duck(
        folder.parent, *("rules", "transpile", "--to", "postgres", "--out", "postgres")
    )
    assert done.returncode == 0, done.stderr
    files = sorted(folder.glob("*.sql"))
    inputs = INPUT.findall(files[0].read_text(encoding="utf-8"))
    relations = read_relations(published)
    with psycopg.connect(postgres, autocommit=True) as con:
        con.execute(files[0].read_text(encoding="utf-8"))
        for name in inputs:
            columns = ", ".join(relations[name])
            rows = published.execute(f"select {columns} from {name}").fetchall()
            with con.cursor().copy(f"copy {name} ({columns}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
            con.execute(f"analyze {name}")
        for file in files[1:-1]:
            con.execute(file.read_text(encoding="utf-8"))
    return folder


def test_the_sample_has_every_input_that_the_results_depend_on(
    scripts: Path, server: psycopg.Connection
) -> None:
    for name in ("staging.ods_enrollment", "staging.sis_enrollment", "reference.school"):
        assert server.execute(f"select 1 from {name} limit 1").fetchall() == [(1,)]


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_has_the_rows_that_duckdb_has(
    name: str, scripts: Path, server: psycopg.Connection, published: duckdb.DuckDBPyConnection
) -> None:
    query = f"select {', '.join(read_relations(published)[name])} from {name}"
    expected = published.execute(query).fetchall()
    # a sum is a Decimal on the one side, an int on the other: equal, but for their repr
    assert sorted(server.execute(query).fetchall(), key=as_texts) == sorted(expected, key=as_texts)


def as_texts(row: tuple[object, ...]) -> list[str]:
    return [str(value) for value in row]


def test_the_comparison_script_finds_no_difference_and_then_the_one_that_is_made(
    scripts: Path, postgres: str, sample_run: Path, tmp_path: Path
) -> None:
    for name in COMPARED:
        done = senr_duck(sample_run, "sql", f"from {name}", "--csv")
        assert done.returncode == 0, done.stderr
        (tmp_path / f"{name.partition('.')[2]}.csv").write_text(
            done.stdout, encoding="utf-8", newline=""
        )
    assert compare(scripts, postgres, tmp_path) == []
    removals = tmp_path / "removals.csv"
    lines = removals.read_text(encoding="utf-8").splitlines(keepends=True)
    removals.write_text("".join(lines[:-1]), encoding="utf-8", newline="")
    (found,) = compare(scripts, postgres, tmp_path)
    assert found.startswith("recon.removals|only here|")


def compare(scripts: Path, postgres: str, folder: Path) -> list[str]:
    """Run the comparison as its header says; return the rows that it shows."""
    script = str(scripts / "999_parity.sql")
    options = ("--no-psqlrc", "--quiet", "--tuples-only", "--no-align")
    done = subprocess.run(
        ["psql", postgres, *options, "--set", "ON_ERROR_STOP=1", "--file", script],  # noqa: S607
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [line for line in done.stdout.splitlines() if line]
