"""A run on Spark writes the bytes that a run on DuckDB writes."""

from pathlib import Path

import duckdb
import pytest

from senr_duck.versions.ruleset import newest_version
from senr_duck.views.order import order_views
from tests.support.command_line import run_sample

STORED = [
    view.qualified_name
    for view in order_views(newest_version())
    if view.is_stored and view.layer != "10_posted"
]


@pytest.fixture(scope="module")
def spark_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which a run on Spark has reconciled the sample."""
    folder = tmp_path_factory.mktemp("spark")
    engine = ("--engine", "spark", "--master", "local[2]")
    done = run_sample(folder, *engine)
    assert done.returncode == 0, done.stderr
    assert "spark" not in done.stderr.lower(), "Spark's own messages may hold values"
    return folder


def test_the_runs_folder_has_the_same_name_and_files_byte_for_byte(
    spark_run: Path, sample_run: Path
) -> None:
    (expected,) = sample_run.glob("out/[0-9]*")
    (found,) = spark_run.glob("out/[0-9]*")
    assert found.name == expected.name
    names = {"SENR_5476836_2026-10-30.zip", "exceptions.csv", "manifest.json", "report.html"}
    for folder in (expected, found):
        assert {path.name for path in folder.iterdir()} == names
    for name in sorted(names):
        assert (found / name).read_bytes() == (expected / name).read_bytes(), name


def test_nothing_is_left_behind_that_a_run_of_duckdbs_does_not_leave(
    spark_run: Path, sample_run: Path
) -> None:
    for folder in (".", "out"):
        expected = {path.name for path in (sample_run / folder).iterdir()}
        assert {path.name for path in (spark_run / folder).iterdir()} == expected


@pytest.mark.parametrize("name", STORED)
def test_a_table_of_sparks_has_the_rows_the_types_and_the_comment_of_duckdbs(
    name: str, spark_run: Path, published: duckdb.DuckDBPyConnection
) -> None:
    comment = "select comment from duckdb_tables() where schema_name || '.' || table_name = ?"
    with duckdb.connect(str(spark_run / "senr.duckdb"), read_only=True) as con:
        for query in (f"describe {name}", f"from {name} order by all"):
            assert con.execute(query).fetchall() == published.execute(query).fetchall()
        texts = [one.execute(comment, [name]).fetchall() for one in (con, published)]
    assert len(texts[0]) == 1
    assert texts[0] == texts[1]


def test_a_master_that_cannot_be_reached_ends_the_run_and_leaves_nothing(tmp_path: Path) -> None:
    engine = ("--engine", "spark", "--master", "nonsense")
    done = run_sample(tmp_path, *engine)
    assert done.returncode == 2
    assert "--engine spark: Spark did not start on 'nonsense'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("out/[0-9]*"))
    assert not (tmp_path / "senr.duckdb").exists()
