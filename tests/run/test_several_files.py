"""Runs of several files on a side, and options that are given twice."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import AS_OF, Ended, run, senr_duck, tell
from tests.support.extracts import ADAMS, YEAR, Record, every_class, record, write_ods, write_sis

pytestmark = pytest.mark.slow

ONE = ("--ods", "ods1.txt", "--sis", "sis1.txt")
SPLIT = (*ONE, "--ods", "ods2.txt", "--sis", "sis2.txt")
TURNED = ("--ods", "ods2.txt", "--sis", "sis2.txt", *ONE)


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """Write both sides as one file each, and again in two files: the first seven ODS records."""
    ods, sis = every_class()
    write_ods(tmp_path / "ods.txt", ods)
    write_sis(tmp_path / "sis.txt", sis)
    write_ods(tmp_path / "ods1.txt", ods[:7])
    write_ods(tmp_path / "ods2.txt", ods[7:])
    write_sis(tmp_path / "sis1.txt", sis[:4])
    write_sis(tmp_path / "sis2.txt", sis[4:])
    return tmp_path


def run_files(folder: Path, *options: str) -> dict[str, Any]:
    done = senr_duck(folder, "run", *options, *AS_OF, "--json", "--max-update-share", "1")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert isinstance(summary, dict)
    return summary


def read_exceptions(summary: dict[str, Any], folder: Path) -> list[dict[str, str]]:
    with (folder / summary["out_dir"] / "exceptions.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        return list(csv.DictReader(file))


def test_two_files_of_a_side_give_the_zip_of_one(split: Path) -> None:
    one = run_files(split, "--ods", "ods.txt", "--sis", "sis.txt")
    two = run_files(split, *SPLIT)
    assert one["run_id"] != two["run_id"]
    assert (split / one["zip"]).read_bytes() == (split / two["zip"]).read_bytes()
    assert one["ods"] == two["ods"]
    assert one["exceptions"] == two["exceptions"]


def test_the_files_of_a_side_may_have_different_forms(split: Path) -> None:
    carets = run_files(split, *SPLIT)
    _, sis = every_class()
    with (split / "sis2.csv").open("w", encoding="utf-8", newline="") as file:
        columns = dict.fromkeys([*sis[-1], "enrollment_exit_date", "student_exit_reason_code"])
        writer = csv.DictWriter(file, list(columns), restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(sis[4:])
    mixed = run_files(split, *SPLIT[:-1], "sis2.csv")
    assert (mixed["sis"], mixed["exceptions"]) == (carets["sis"], carets["exceptions"])
    assert mixed["files"] == carets["files"]
    (broken,) = [one for one in read_exceptions(mixed, split) if one["rule"] == "GERR0002"]
    assert (broken["sis_file"], broken["sis_line"]) == ("sis2.csv", "4")


def test_simulate_posts_to_an_extract_of_several_files(split: Path) -> None:
    summary = run_files(split, *SPLIT)
    ods = ("--ods", "ods1.txt", "--ods", "ods2.txt")
    tell(split, "simulate", summary["zip"], *ods, "--as-of", "2026-03-02", "--write-ods", "new.txt")
    again = run_files(split, "--ods", "new.txt", "--sis", "sis1.txt", "--sis", "sis2.txt")
    assert [file["records"] for file in again["files"]] == [0, 0]


def test_the_order_of_the_files_changes_neither_run_id_nor_bytes(split: Path) -> None:
    first = run_files(split, *SPLIT)
    written = {
        path.name: path.read_bytes()
        for path in (split / first["out_dir"]).iterdir()
        if path.name != "report.html"
    }
    assert {"manifest.json", "exceptions.csv"} < set(written)
    again = run_files(split, *TURNED, "--out", "again")
    assert again["run_id"] == first["run_id"]
    for name, content in written.items():
        assert (split / again["out_dir"] / name).read_bytes() == content


def test_exceptions_name_each_lines_file_and_its_number_there(split: Path) -> None:
    rows = read_exceptions(run_files(split, *SPLIT), split)
    assert list(rows[0])[-3:] == ["reporting_lea", "ods_file", "sis_file"]
    places = {
        row["rule"]: (row["ods_file"], row["ods_line"], row["sis_file"], row["sis_line"])
        for row in rows
    }
    assert places["GERR0002"] == ("ods2.txt", "1", "sis2.txt", "3")
    assert places["E155-NOT-RETURNED"] == ("ods1.txt", "7", "", "")
    assert places["ODS-COMPLETER"] == ("ods2.txt", "3", "", "")
    assert places["FUTURE-START"] == ("", "", "sis2.txt", "2")
    assert {row["reporting_lea"] for row in rows} == {"1964733"}


def test_the_manifest_lists_every_file_of_a_side(split: Path) -> None:
    summary = run_files(split, *SPLIT)
    manifest = json.loads((split / summary["out_dir"] / "manifest.json").read_text("utf-8"))
    for side, lines in (("ods", {"ods1.txt": 7, "ods2.txt": 3}), ("sis", {"sis1.txt": 4})):
        files = {file["name"]: file for file in manifest["inputs"][side]}
        assert len(files) == 2
        assert {name: files[name]["lines"] for name in lines} == lines
        assert len({file["sha256"] for file in files.values()}) == 2


def test_a_run_of_several_files_compares_with_what_it_posted(split: Path) -> None:
    first = run_files(split, *SPLIT)
    assert any(file["records"] for file in first["files"])
    tell(split, "posted", first["run_id"], "--on", "2026-03-02")
    second = run_files(split, *TURNED)
    assert [file["records"] for file in second["files"]] == [0, 0]
    (status,) = json.loads(tell(split, "status", "-n", "1", "--json"))["runs"]
    assert sorted(status["ods_file"].split(", ")) == ["ods1.txt", "ods2.txt"]


def test_explain_names_each_lines_file_and_its_number_there(split: Path) -> None:
    run_files(split, *SPLIT)
    told = tell(split, "explain", "1000000009")
    assert "ODS line 1 of ods2.txt, SIS line 3 of sis2.txt" in " ".join(told.split())
    (student,) = json.loads(tell(split, "explain", "1000000009", "--json"))["students"]
    (one,) = student["enrollments"]
    assert (one["calpads"]["line"], one["calpads"]["file"]) == (1, "ods2.txt")
    assert (one["sis"]["line"], one["sis"]["file"]) == (3, "sis2.txt")


def test_a_guard_names_the_file_of_a_first_line(tmp_path: Path) -> None:
    same = [record(f"10000{n:05}", ADAMS, YEAR) for n in range(100)]
    left = record("1000099999", ADAMS, YEAR, enrollment_exit_date="20251201")
    left["student_exit_reason_code"] = "T160"
    write_ods(tmp_path / "ods.txt", [*same, left])
    write_sis(tmp_path / "a.txt", [*same[:70], left])
    broken: list[Record] = [{**one, "grade_level_code": "99"} for one in same[72:]]
    write_sis(tmp_path / "b.txt", [*same[70:72], *broken])
    done = senr_duck(
        tmp_path, "run", "--ods", "ods.txt", "--sis", "a.txt", "--sis", "b.txt", *AS_OF
    )
    assert done.returncode == 1
    assert "first in line 3 of b.txt" in done.stderr


def check_refused_option(done: Ended, option: str, times: str = "twice") -> None:
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: {option}: given {times}, expected once\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", *ONE, "--as-of", "2026-03-02", "--as-of", "2026-03-02"),
        ("run", *ONE, "--as-of=2026-03-02", "--as-of", "2026-03-03"),
        ("run", *ONE, "--out", "a", "--db", "x.duckdb", "--out", "b"),
        ("check", *ONE, "--max-held-share", "1", "--max-held-share", "1"),
        ("rules", "try", *ONE, "--overlay", "a", "--overlay", "b"),
        ("posted", "2026", "--db", "a", "--db", "b"),
        ("status", "-n", "1", "-n", "2"),
        ("sample", "--out", "a", "--out", "b"),
        ("report", "--db", "a", "--db", "b"),
        (
            "simulate",
            "a.zip",
            "--ods",
            "ods1.txt",
            "--as-of",
            "2026-03-02",
            "--as-of",
            "2026-03-03",
        ),
    ],
    ids=" ".join,
)
def test_an_option_of_one_value_is_refused_twice(split: Path, arguments: tuple[str, ...]) -> None:
    option = arguments[-1] if "=" in arguments[-1] else arguments[-2]
    check_refused_option(senr_duck(split, *arguments), option)


def test_an_option_given_three_times_says_so(split: Path) -> None:
    out = ("--out", "a") * 3
    check_refused_option(senr_duck(split, "run", *ONE, *out), "--out", "3 times")


def test_an_option_given_twice_is_an_event_in_the_log(split: Path) -> None:
    done = senr_duck(split, "run", *ONE, "--out", "a", "--out", "b", "--log-json")
    assert done.returncode == 2
    (event,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert (event["event"], event["exit_status"]) == ("error", 2)
    assert event["message"] == "--out: given twice, expected once"


def test_options_of_many_values_and_without_a_value_may_be_repeated(split: Path) -> None:
    schools = ("--school", ADAMS, "--school", "1930651")
    done = run(split, *schools, "--lea", "1964733", "--lea", "1964733", "--quiet", "--quiet")
    assert done.returncode == 0, done.stderr
