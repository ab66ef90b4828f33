"""What a comparison that a guard stops leaves to look at, and for how long."""

import csv
import json
from pathlib import Path

import pytest

from tests.support.command_line import senr_duck
from tests.support.other_files import compare, number, write_pair

REASON = (
    "no line of the two extracts has the same key: 1 line of the ODS extract and 1 line of the SIS "
    "extract can be compared"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a pair of SINF that has no student in common."""
    write_pair(tmp_path, "SINF", [{"ssid": number(1)}], [{"ssid": number(2)}])
    return tmp_path


def stop(folder: Path) -> dict[str, object]:
    done = compare(folder, "SINF", "--json", "--quiet")
    assert done.returncode == 1
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_the_lists_the_report_and_the_database_are_left(folder: Path) -> None:
    told = stop(folder)
    assert (told["stopped"], told["out_dir"]) == ([REASON], "out/stopped")
    left = folder / "out" / "stopped"
    assert {path.name for path in left.iterdir()} == {
        ".made-by-senr-duck",
        "compare_sinf.csv",
        "compare_sinf.duckdb",
        "enter_in_sis.csv",
        "report.html",
    }
    assert {path.stat().st_mode & 0o077 for path in (left, *left.iterdir())} == {0}
    assert not (folder / "compare_sinf.duckdb").exists()
    with (left / "compare_sinf.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["reason"] for row in csv.DictReader(file)] == ["NO-RECORD", "NOT-IN-SIS"]


def test_the_report_begins_with_the_reason(folder: Path) -> None:
    stop(folder)
    page = (folder / "out" / "stopped" / "report.html").read_text(encoding="utf-8")
    assert page.index(f"<li>N{REASON[1:]}.</li>") < page.index("Where every line went")


def test_a_report_of_counts_keeps_the_values_of_the_reason_back(folder: Path) -> None:
    stop(folder)
    database = ("--db", "out/stopped/compare_sinf.duckdb")
    made = senr_duck(folder, "report", *database, "--no-student-data", "--out", "counts.html")
    assert made.returncode == 0, made.stderr
    page = (folder / "counts.html").read_text(encoding="utf-8")
    assert "<li>A guard stopped the comparison.</li>" in page
    assert REASON[1:] not in page
    assert number(1) not in page


def test_the_folder_goes_when_a_comparison_of_the_file_is_published(folder: Path) -> None:
    stop(folder)
    write_pair(folder, "SELA", [{"ssid": number(1)}], [{"ssid": number(1)}])
    assert compare(folder, "SELA").returncode == 0
    assert (folder / "out" / "stopped").exists()
    write_pair(folder, "SINF", [{"ssid": number(1)}], [{"ssid": number(1)}])
    assert compare(folder, "SINF").returncode == 0
    assert not (folder / "out" / "stopped").exists()


def test_a_stop_before_the_comparison_leaves_the_lines_that_cannot_be_read(folder: Path) -> None:
    bad = [{"ssid": number(place), "student_birth_date": "1.2.2015"} for place in range(1, 31)]
    write_pair(folder, "SINF", [{"ssid": number(1)}], bad)
    stop(folder)
    left = folder / "out" / "stopped"
    assert {path.name for path in left.iterdir()} == {
        ".made-by-senr-duck",
        "compare_sinf.duckdb",
        "exceptions.csv",
    }
    done = senr_duck(folder, "report", "--db", "out/stopped/compare_sinf.duckdb")
    assert done.returncode == 2
    assert "is not complete: it is of a comparison that stopped before it had" in done.stderr


def test_an_extract_from_before_the_last_posted_file_is_compared_and_left(
    workspace_with_run: Path,
) -> None:
    folder = workspace_with_run
    assert senr_duck(folder, "posted", "latest", "--on", "2026-03-02").returncode == 0
    write_pair(folder, "SINF", [{"ssid": number(1)}], [{"ssid": number(1)}])
    stop(folder)
    page = (folder / "out" / "stopped" / "report.html").read_text(encoding="utf-8")
    assert "reaches up to 2026-03-01, and a SENR file posted on 2026-03-02" in page


def test_a_folder_that_is_not_ours_stays(folder: Path) -> None:
    left = folder / "out" / "stopped"
    left.mkdir(parents=True)
    (left / "compare_sinf.csv").write_text("mine", encoding="utf-8")
    assert stop(folder)["out_dir"] is None
    assert [path.name for path in left.iterdir()] == ["compare_sinf.csv"]
