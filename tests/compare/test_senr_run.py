"""How ``senr-duck compare --senr`` finds the run whose enrollments it reads."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.support.command_line import RUN, senr_duck, tell
from tests.support.extracts import write_every_class
from tests.support.other_files import LEA, compare, number, write_pair
from tests.support.stock import read_run_id


@pytest.fixture
def folder(workspace_with_run: Path) -> Path:
    """Return a folder with a run of LEA 1964733 and a pair of SELA of that LEA."""
    write_pair(workspace_with_run, "SELA", [{"ssid": number(1)}], [{"ssid": number(1)}])
    return workspace_with_run


@pytest.mark.parametrize("named", ["latest", "ID", "part", "folder", "senr.duckdb"])
def test_a_run_is_named_by_its_id_a_part_of_it_its_folder_or_its_database(
    folder: Path, named: str
) -> None:
    run_id = read_run_id(folder)
    named = {"ID": run_id, "part": run_id[-6:], "folder": f"out/{run_id}"}.get(named, named)
    done = compare(folder, "SELA", "--senr", named, "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["senr_run"] == run_id
    assert "without --senr" not in done.stderr


def test_an_unknown_run_is_refused_with_those_that_are_known(folder: Path) -> None:
    done = compare(folder, "SELA", "--senr", "2020-01-01")
    assert done.returncode == 2
    assert "error: --senr: '2020-01-01' is the ID of no run in the ledger" in done.stderr
    assert read_run_id(folder) in done.stderr
    assert not list(folder.glob("out/sela-*"))


def test_without_a_ledger_no_run_has_an_id(tmp_path: Path) -> None:
    write_pair(tmp_path, "SELA", [{"ssid": number(1)}], [{"ssid": number(1)}])
    done = compare(tmp_path, "SELA", "--senr", "latest")
    assert done.returncode == 2
    assert "'latest' is the ID of no run in the ledger" in done.stderr
    assert "(the last runs: none yet)" in done.stderr


def test_a_run_that_the_database_no_longer_has_is_refused(folder: Path) -> None:
    first = read_run_id(folder)
    write_every_class(folder)
    tell(folder, *RUN, "--max-update-share", "0.9", "--quiet")
    second = read_run_id(folder)
    write_pair(folder, "SELA", [{"ssid": number(1)}], [{"ssid": number(1)}])
    done = compare(folder, "SELA", "--senr", first)
    assert done.returncode == 2
    assert f"error: --senr: senr.duckdb has run {second}, expected {first}" in done.stderr
    assert "hint: name the run that the database has" in done.stderr


def test_a_run_of_another_lea_is_refused(folder: Path) -> None:
    other = {"ssid": number(1), "reporting_lea": "1911111"}
    write_pair(folder, "SPRG", [other], [other])
    done = compare(folder, "SPRG", "--senr", "latest")
    assert done.returncode == 2
    assert f"error: --senr: senr.duckdb is of {LEA}, expected a run with LEA 1911111" in done.stderr


def test_a_run_of_another_school_year_is_said(sample_run: Path, tmp_path: Path) -> None:
    for name in ("senr.duckdb", "senr.ledger.duckdb"):
        shutil.copy(sample_run / name, tmp_path)
    with duckdb.connect(str(sample_run / "senr.duckdb"), read_only=True) as con:
        [(lea,)] = con.execute("select reporting_lea from reference.run_lea").fetchall()
    record = {"ssid": number(1), "reporting_lea": lea}
    write_pair(tmp_path, "SINF", [record], [record])
    done = compare(tmp_path, "SINF", "--senr", "latest")
    assert done.returncode == 0, done.stderr
    assert (
        "notice: the SENR run is of school year 2026-2027, and this comparison is of 2025-2026"
        in done.stderr
    )


def test_a_run_does_not_replace_the_database_of_a_comparison(folder: Path) -> None:
    assert compare(folder, "SELA", "--quiet").returncode == 0
    before = (folder / "compare_sela.duckdb").read_bytes()
    done = senr_duck(folder, *RUN, "--db", "compare_sela.duckdb")
    assert done.returncode == 2
    assert (
        "error: --db: compare_sela.duckdb is of a comparison of SELA; expected a new file, or the "
        "database of an earlier run" in done.stderr
    )
    assert (folder / "compare_sela.duckdb").read_bytes() == before


def test_a_comparison_does_not_replace_the_database_of_a_run(folder: Path) -> None:
    before = (folder / "senr.duckdb").read_bytes()
    done = compare(folder, "SELA", "--db", "senr.duckdb")
    assert done.returncode == 2
    assert (
        "error: --db: senr.duckdb is of a SENR run; expected a new file, or the database of an "
        "earlier comparison of SELA" in done.stderr
    )
    assert (folder / "senr.duckdb").read_bytes() == before
