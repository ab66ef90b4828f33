"""A run that stops because of a column: what it leaves, and what a check says of the same."""

import csv
import json
from pathlib import Path

import pytest

from tests.support.command_line import Ended, senr_duck
from tests.support.extracts import ADAMS, LEA, closed, record, write_ods, write_sis

LEFT = ["exceptions.csv", "senr.duckdb"]
SSIDS = [f"21000000{number:02}" for number in range(30)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    records = [record(ssid, ADAMS, "20250814") for ssid in SSIDS]
    leaver = closed(record("2100000099", ADAMS, "20250814"), "20251201", "T160")
    write_ods(tmp_path / "ods.txt", [*records, leaver])
    words = [{**one, "student_gender_code": "Female"} for one in [*records, leaver]]
    write_sis(tmp_path / "sis.txt", words)
    return tmp_path


def call(folder: Path, command: str, *options: str) -> Ended:
    extracts = ("--ods", "ods.txt", "--sis", "sis.txt")
    as_of = ("--as-of", "2026-03-02", "--allow-other-year")
    return senr_duck(folder, command, *extracts, *as_of, *options)


def test_a_run_leaves_the_lines_that_cannot_be_read_and_the_extracts(folder: Path) -> None:
    ended = call(folder, "run")
    assert ended.returncode == 1
    assert "student_gender_code): 31 of 31 values cannot be read: AAAAAA (31)" in ended.stderr
    assert "Female" not in ended.stderr
    assert "look at exceptions.csv, senr.duckdb in out/stopped" in ended.stderr
    assert [path.name for path in folder.glob("out/[!.]*")] == ["stopped"]
    assert sorted(path.name for path in folder.glob("out/stopped/[!.]*")) == LEFT
    assert not (folder / "senr.duckdb").exists()
    query = "select count(*) as lines from staging.sis_raw where student_gender_code = 'Female'"
    database = ("--db", "out/stopped/senr.duckdb")
    assert senr_duck(folder, "sql", "--csv", *database, query).stdout == "lines\n31\n"


def test_the_lines_that_cannot_be_read_are_a_private_file_as_of_any_run(folder: Path) -> None:
    call(folder, "run")
    path = folder / "out" / "stopped" / "exceptions.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfseverity,")
    assert [row["sis_line"] for row in rows] == [str(line) for line in range(1, 32)]
    assert {(row["reporting_lea"], row["ods_file"], row["sis_file"]) for row in rows} == {
        (LEA, "", "sis.txt")
    }
    assert {(row["rule"], row["field"], row["value"]) for row in rows} == {
        ("FRMT0001", "student_gender_code", "Female")
    }
    assert {path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077} == {0}


def test_what_an_earlier_run_left_is_replaced(folder: Path) -> None:
    call(folder, "run")
    (folder / "out" / "stopped" / "report.html").write_text("old", encoding="utf-8")
    call(folder, "run")
    assert sorted(path.name for path in folder.glob("out/stopped/[!.]*")) == LEFT


def test_a_check_writes_nothing_and_says_the_same(folder: Path) -> None:
    ended = call(folder, "check")
    assert ended.returncode == 1
    assert "student_gender_code): 31 of 31 values cannot be read: AAAAAA (31)" in ended.stderr
    assert list(folder.glob("out/[!.]*")) == []


def test_a_translation_lets_the_run_go_on(folder: Path) -> None:
    codes = '[translate.student_gender_code]\n"Female" = "F"\n"Male" = "M"\n'
    (folder / "senr.toml").write_text(codes, encoding="utf-8")
    ended = call(folder, "run", "--json")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["held_students"] == 0
