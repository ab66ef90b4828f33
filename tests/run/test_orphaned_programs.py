"""A run lists the programs and language statuses that its files leave outside the enrollments."""

import csv
import json
import os
import stat
from pathlib import Path

import duckdb
import pytest

from tests.support.command_line import run, run_json
from tests.support.other_files import write_side

START = "education_program_membership_start_date"


@pytest.fixture(scope="module")
def removed(every_class_run: Path) -> dict[str, str]:
    """Return the key of an enrollment that the run removes; its student has another in the LEA."""
    with duckdb.connect(str(every_class_run / "senr.duckdb"), read_only=True) as con:
        [row] = con.execute(
            "select ssid, reporting_lea, school_of_attendance, enrollment_start_date_text"
            " from recon.planned_record where class = 'remove' order by ssid limit 1"
        ).fetchall()
    return dict(zip(("ssid", "reporting_lea", "school_of_attendance", "start"), row, strict=True))


def write_extracts(folder: Path, removed: dict[str, str]) -> None:
    key = {name: removed[name] for name in ("ssid", "reporting_lea", "school_of_attendance")}
    start = removed["start"].replace("-", "")
    programs = [
        {**key, "education_program_code": "127", START: start},
        {**key, "education_program_code": "108", START: "20200815"},
        {**key, "education_program_code": "127", START: start, "ssid": "1234567890"},
    ]
    statuses = [{**key, "english_language_acquisition_status_start_date": start}]
    write_side(folder / "sprg.txt", "SPRG", "ods", programs)
    write_side(folder / "sela.txt", "SELA", "ods", statuses)


def test_the_list_the_count_and_the_manifest_have_what_is_left_outside(
    workspace: Path, removed: dict[str, str]
) -> None:
    write_extracts(workspace, removed)
    summary = run_json(workspace, "--sprg-ods", "sprg.txt", "--sela-ods", "sela.txt")
    assert summary["orphaned"] == {"SPRG": 1, "SELA": 0}
    (path,) = workspace.glob("out/*/orphaned_programs.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file_type"], row["ssid"], row["code"], row["line_number"]) for row in rows] == [
        ("SPRG", removed["ssid"], "127", "1"),
    ]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    manifest = json.loads((path.parent / "manifest.json").read_text(encoding="utf-8"))
    assert [file["lines"] for file in manifest["inputs"]["sprg_ods"]] == [3]
    assert [file["name"] for file in manifest["inputs"]["sela_ods"]] == ["sela.txt"]


def test_one_extract_is_enough_and_the_summary_says_what_was_found(
    workspace: Path, removed: dict[str, str]
) -> None:
    write_extracts(workspace, removed)
    done = run(workspace, "--sprg-ods", "sprg.txt")
    assert done.returncode == 0, done.stderr
    assert "Programs and statuses that the files leave outside enrollments: SPRG 1\n" in done.stdout


def test_without_an_extract_nothing_is_said_and_no_list_is_written(
    every_class_run: Path, first_run: dict[str, object]
) -> None:
    assert "orphaned" not in first_run
    assert not list(every_class_run.glob("out/*/orphaned_programs.csv"))


def test_an_extract_of_another_file_is_refused(workspace: Path, removed: dict[str, str]) -> None:
    write_extracts(workspace, removed)
    done = run(workspace, "--sprg-ods", "sela.txt")
    assert done.returncode == 2
    assert "sela.txt is an English language acquisition extract (record type SELA-R)" in done.stderr
    assert "expected an ODS extract (record type SPRG-R" in done.stderr
    assert not (workspace / "senr.duckdb").exists()


def test_a_column_of_the_extract_that_cannot_be_read_stops_the_run(
    workspace: Path, removed: dict[str, str]
) -> None:
    write_extracts(workspace, removed)
    bad = [{"ssid": removed["ssid"], START: "15.08.2025"}]
    write_side(workspace / "sprg.txt", "SPRG", "ods", bad)
    done = run(workspace, "--sprg-ods", "sprg.txt")
    assert done.returncode == 1
    assert "Education Program Membership Start Date" in done.stderr
