"""Names with the signs of a pattern name one file, for DuckDB and for us."""

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

import senr_duck.reference.facts as facts
from senr_duck.reference.resources import resource
from senr_duck.reference.tables import create_reference_tables
from tests.support.command_line import AS_OF, Ended, senr_duck
from tests.support.extracts import write_every_class
from tests.support.stock import take_stock

DAY = "2026-03-02"
# The decoy is what the name would match as a pattern.
NAMES = {"a[b]c": "abc", "a[b]*?": "abcd", "{a,b}'%3F": "a"}


@pytest.fixture(params=NAMES, ids=lambda name: name)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path, name: str) -> Path:
    """Give a folder with two extracts and a configuration, all with such names, and decoys."""
    write_every_class(tmp_path)
    for side in ("ods.txt", "sis.txt"):
        (tmp_path / side).rename(tmp_path / f"{name}.{side}")
        (tmp_path / f"{NAMES[name]}.{side}").write_text("decoy", encoding="utf-8")
    (tmp_path / f"{name}.toml").write_text(
        f'[keep]\nfile = "{name}.keep"\n\n[schools]\nlist = "{name}.schools"\n', encoding="utf-8"
    )
    (tmp_path / f"{name}.keep").write_text(
        "ssid,school_of_attendance,enrollment_start_date,why\n", encoding="utf-8"
    )
    (tmp_path / f"{name}.schools").write_text("CDSCode\n19647331930650\n", encoding="utf-8")
    return tmp_path


def call(folder: Path, *command: str) -> Ended:
    done = senr_duck(folder, *command)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.slow
def test_every_command_takes_such_names(folder: Path, name: str) -> None:
    sides = ("--ods", f"{name}.ods.txt", "--sis", f"{name}.sis.txt")
    places = ("--out", f"{name} out", "--db", f"{name}.duckdb")
    run = ("run", *sides, "--config", f"{name}.toml", *AS_OF, *places, "--json", "--quiet")
    decoys = take_stock(folder, f"{NAMES[name]}.*")
    summary = json.loads(call(folder, *run).stdout)
    assert [file["records"] for file in summary["files"]] == [1, 2, 1]
    again = json.loads(call(folder, *run).stdout)
    assert (again["run_id"], again["out_dir"]) == (summary["run_id"], summary["out_dir"])
    database = ("--db", f"{name}.duckdb")
    call(folder, "report", *database, "--out", f"{name}.html")
    call(folder, "report", *database, "--out", f"{name}.html")
    counted = call(folder, "sql", "--csv", "select count(*) as n from staging.ods_raw", *database)
    assert counted.stdout == f"n\n{summary['ods']['lines']}\n"
    written = ("--write-ods", f"{name}.after")
    call(folder, "simulate", summary["zip"], *sides[:2], "--as-of", DAY, *written)
    call(folder, "init", *sides, *AS_OF[:2], "--out", f"{name}.new")
    call(folder, "posted", summary["run_id"], "--on", DAY, *database)
    (first, *_) = json.loads(call(folder, "status", "--json", *database).stdout)["runs"]
    assert [file["state"] for file in first["files"]] == ["posted"] * 3
    after = json.loads(call(folder, *run).stdout)
    assert sum(file["records"] for file in after["files"]) == 0
    removed = call(folder, "clean-runs", "--keep", "1", *database)
    assert removed.stdout == f"removed: {name} out/{summary['run_id']}\n"
    sample = ("sample", "--district", "Exeter Unified", "--students", "20")
    call(folder, *sample, "--out", f"{name} sample")
    assert take_stock(folder, f"{NAMES[name]}.*") == decoys
    hidden = {path.name for path in folder.iterdir() if path.name[0] == "." if path.is_dir()}
    assert hidden == set()


def test_a_stopped_run_leaves_its_database_under_such_a_name(folder: Path, name: str) -> None:
    limits = ("--max-removal-share", "0", "--max-update-share", "0", "--max-held-share", "0")
    text = (folder / f"{name}.sis.txt").read_text(encoding="utf-8").replace("^2025", "^x025")
    (folder / f"{name}.sis.txt").write_text(text, encoding="utf-8", newline="")
    sides = ("--ods", f"{name}.ods.txt", "--sis", f"{name}.sis.txt")
    done = senr_duck(folder, "run", *sides, *AS_OF, "--out", f"{name} out", *limits)
    assert done.returncode == 1, done.stderr
    database = ("--db", f"{name} out/stopped/senr.duckdb")
    assert call(folder, "sql", "--csv", "select 1 as one", *database).stdout == "one\n1\n"


@pytest.mark.parametrize("command", ["run", "check", "init"])
def test_a_folder_in_which_duckdb_cannot_write_is_refused_by_name(
    tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "why?"
    folder.mkdir()
    write_every_class(folder)
    before = take_stock(folder)
    sides = ("--ods", "ods.txt", "--sis", "sis.txt")
    rest = {"init": (*sides, *AS_OF[:2])}
    done = senr_duck(folder, command, *rest.get(command, (*sides, *AS_OF)))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: cannot write a database to ")
    assert ": DuckDB takes what follows the question mark for options\n" in done.stderr
    assert take_stock(folder) == before


def test_our_own_files_are_found_where_senr_duck_is_installed_under_such_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(resource("data", "reference"), tmp_path / "[i]*nst" / "reference")
    monkeypatch.setattr(facts, "resource", lambda *parts: tmp_path.joinpath("[i]*nst", *parts[1:]))
    with duckdb.connect() as con:
        create_reference_tables(con)
        facts.fill_facts(con, date(2026, 3, 2), {})
        [(rules,)] = con.execute("select count(*) from reference.rule").fetchall()
    assert rules > 50
