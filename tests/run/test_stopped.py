"""What a run that a guard stops leaves to look at, and for how long."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command_line import RUN, Ended, senr_duck
from tests.support.extracts import ADAMS, YEAR, closed, record, write_ods, write_sis
from tests.support.stock import take_stock

pytestmark = pytest.mark.slow

SSIDS = [f"21000000{number:02}" for number in range(60)]
REASON = "25 of 61 ODS records would be removed or turned into no-shows, more than 2.0%"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a SIS extract that lacks 25 of 60 students; one of the rest moved up."""
    leaver = closed(record("2100000099", ADAMS, YEAR), "20251201", "T160")
    ods = [*(record(ssid, ADAMS, YEAR) for ssid in SSIDS), leaver]
    write_ods(tmp_path / "ods.txt", ods)
    write_sis(tmp_path / "all.txt", ods)
    write_sis(tmp_path / "sis.txt", [{**ods[25], "grade_level_code": "06"}, *ods[26:]])
    return tmp_path


def stop(folder: Path, *options: str) -> Ended:
    ended = senr_duck(folder, *RUN, *options)
    assert ended.returncode == 1
    return ended


def test_the_report_of_a_stopped_run_begins_with_the_reasons(folder: Path) -> None:
    stop(folder)
    page = (folder / "out" / "stopped" / "report.html").read_text(encoding="utf-8")
    assert "Stopped: nothing to upload" in page
    assert page.index(f"<li>{REASON}.</li>") < page.index("Where every line went")
    assert "What to upload, in this order" not in page
    assert "2100000003" in page


def test_a_report_of_counts_keeps_the_values_of_the_reasons_back(folder: Path) -> None:
    stop(folder)
    database = ("--db", "out/stopped/senr.duckdb")
    made = senr_duck(folder, "report", *database, "--no-student-data", "--out", "counts.html")
    assert made.returncode == 0, made.stderr
    page = (folder / "counts.html").read_text(encoding="utf-8")
    assert "<li>A guard stopped the run.</li>" in page
    assert REASON not in page


def test_the_database_of_a_stopped_run_answers_questions(folder: Path) -> None:
    stop(folder)
    database = ("--db", "out/stopped/senr.duckdb")
    reasons = senr_duck(folder, "sql", "--csv", *database, "select message from reference.run_stop")
    assert list(csv.reader(reasons.stdout.splitlines())) == [["message"], [REASON]]
    explained = senr_duck(folder, "explain", "2100000003", *database)
    assert "SSID 2100000003" in explained.stdout
    assert explained.stderr == ("notice: a guard stopped this run; nothing of it can be uploaded\n")


def test_json_says_why_the_run_was_stopped_and_what_it_left(folder: Path) -> None:
    told = json.loads(stop(folder, "--json", "--quiet").stdout)
    assert (told["schema_version"], told["stopped"]) == (1, [REASON])
    assert told["out_dir"] == "out/stopped"
    assert told["hint"].startswith("check that the SIS extract has all schools")
    assert "zip" not in told


def test_json_of_a_stopped_check_names_no_folder(folder: Path) -> None:
    ended = senr_duck(folder, "check", *RUN[1:], "--json")
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["stopped"], told["out_dir"]) == (1, [REASON], None)
    assert list(folder.glob("out/[!.]*")) == []


def test_what_a_stopped_run_left_is_private_and_goes_when_a_run_is_published(folder: Path) -> None:
    stop(folder)
    left = folder / "out" / "stopped"
    names = {".made-by-senr-duck", "exceptions.csv", "report.html", "senr.duckdb"}
    assert {path.name for path in left.iterdir()} == names
    assert {path.stat().st_mode & 0o077 for path in (left, *left.iterdir())} == {0}
    assert not (folder / "senr.duckdb").exists()
    ended = senr_duck(folder, *RUN[:3], "--sis", "all.txt", *RUN[5:])
    assert ended.returncode == 0, ended.stderr
    assert not left.exists()


def test_a_folder_that_cannot_be_replaced_is_named(folder: Path) -> None:
    stop(folder)
    before = (folder / "out" / "stopped" / "senr.duckdb").read_bytes()
    held = """
import pathlib
rename = pathlib.Path.rename
def refuse(path, target):
    if path.name == "stopped" and path.parent.name == "out":
        raise PermissionError(13, "Permission denied")
    return rename(path, target)
pathlib.Path.rename = refuse
"""
    ended = senr_duck(folder, *RUN, before=held)
    assert ended.returncode == 1
    assert "out/stopped could not be replaced (Permission denied): close" in ended.stderr
    assert (folder / "out" / "stopped" / "senr.duckdb").read_bytes() == before


def publish(folder: Path) -> None:
    ended = senr_duck(folder, *RUN[:3], "--sis", "all.txt", *RUN[5:])
    assert ended.returncode == 0, ended.stderr


def make_foreign(folder: Path) -> None:
    left = folder / "out" / "stopped"
    left.mkdir(parents=True)
    for name in ("exceptions.csv", "report.html", "senr.duckdb", "notes.txt"):
        (left / name).write_text("mine", encoding="utf-8")


def add_a_file(folder: Path) -> None:
    stop(folder)
    (folder / "out" / "stopped" / "exceptions.xlsx").write_text("mine", encoding="utf-8")


def link_elsewhere(folder: Path) -> None:
    stop(folder)
    (folder / "out" / "stopped").rename(folder / "elsewhere")
    (folder / "out" / "stopped").symlink_to(folder / "elsewhere", target_is_directory=True)


@pytest.mark.parametrize("occupy", [make_foreign, add_a_file, link_elsewhere])
def test_a_folder_with_other_files_stays_as_it_is(
    folder: Path, occupy: Callable[[Path], None]
) -> None:
    occupy(folder)
    before = take_stock(folder, "out/stopped/*")
    said = "out/stopped has files that senr-duck did not write: move it away, then run again to see"
    assert f"\n      {said} what this run found\n" in stop(folder).stderr
    assert json.loads(stop(folder, "--json", "--quiet").stdout)["out_dir"] is None
    publish(folder)
    assert take_stock(folder, "out/stopped/*") == before
