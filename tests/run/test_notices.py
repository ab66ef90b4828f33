"""The notices of a run: what a person must know before uploading."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from senr_duck.cli.summary import print_summary
from senr_duck.run.job import run_job
from senr_duck.run.reconcile import Job
from senr_duck.run.result import RunResult
from senr_duck.settings.settings import load_settings
from tests.support.extracts import ADAMS, BAKER, LEA, Record, closed, record, write_ods

CALENDAR = (
    '[calendar."2025-2026"]\nlast_day = 2026-06-05\n[calendar."2024-2025"]\nlast_day = 2025-06-06\n'
)
YEAR = "20250814"


def reconcile(
    folder: Path,
    ods: list[Record],
    sis: list[Record],
    as_of: str,
    text: str = "",
    **options: object,
) -> RunResult:
    """Run with the SIS side as CSV, so that it can have the extra columns."""
    write_ods(folder / "ods.txt", ods)
    exits = ("enrollment_exit_date", "student_exit_reason_code")
    given = (column for one in sis for column in one if not column.endswith("updated"))
    columns = sorted({*exits, *given})
    with (folder / "sis.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(sis)
    (folder / "senr.toml").write_text(text, encoding="utf-8")
    day = date.fromisoformat(as_of)
    chosen = load_settings(folder / "senr.toml", {"lea": LEA, "as_of": day, **options}, day)
    ods, sis = folder / "ods.txt", folder / "sis.csv"
    return run_job(Job([ods], [sis], chosen, folder / "out", folder / "senr.duckdb"))


def only(result: RunResult, *words: str) -> list[str]:
    return [notice for notice in result.notices if any(word in notice for word in words)]


@pytest.fixture(scope="module")
def at_the_year_end(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """Return a run on the last school day, 30 days after the ODS extract's last change."""
    stays = [record(f"100000000{n}", ADAMS, YEAR, last_date_updated="20260506") for n in range(3)]
    secondary = record("1000000011", BAKER, YEAR, enrollment_status_code="20")
    never_closed = record("1000000012", ADAMS, "20240815")
    spoiled = record("1000000013", ADAMS, YEAR)
    left = closed(record("1000000014", ADAMS, YEAR), "20251201", "T160")
    ods = [*stays, secondary, never_closed, spoiled, left]
    sis = [*ods[:-2], {**spoiled, "grade_level_code": "99"}, left]
    sis = [
        {
            **one,
            "student_with_disability": value,
            "next_school_of_attendance": one["school_of_attendance"],
        }
        for one, value in zip(sis, "YN1 J  ", strict=True)
    ]
    folder = tmp_path_factory.mktemp("year_end")
    return reconcile(folder, ods, sis, "2026-06-05", CALENDAR)


def test_year_end_codes_are_counted_without_held_students(at_the_year_end: RunResult) -> None:
    assert only(at_the_year_end, "year end") == [
        "year end: 1 open enrollment of an earlier school year is closed with E155 on its last "
        "school day because CALPADS still shows them open",
        "year end: 3 open enrollments of this school year are closed with E155 on its last school "
        "day; to leave them open, set close_open_enrollments = false under [year_end]",
        "year end: 1 open enrollment of this school year is closed with E170 on its last school "
        "day; to leave them open, set close_open_enrollments = false under [year_end]",
    ]


def test_the_summary_announces_the_year_end_codes_too(at_the_year_end: RunResult) -> None:
    console = Console(file=StringIO(), width=300)
    print_summary(at_the_year_end, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined] # a StringIO of this test
    for notice in only(at_the_year_end, "year end"):
        assert f"\n{notice}\n" in printed


def test_switched_off_the_year_end_is_not_announced(tmp_path: Path) -> None:
    ods = [
        record("1000000001", ADAMS, YEAR),
        closed(record("1000000002", ADAMS, YEAR), "20251201", "T160"),
    ]
    off = CALENDAR + "[year_end]\nclose_open_enrollments = false\n"
    assert only(reconcile(tmp_path, ods, ods, "2026-06-05", off), "year end") == []


def test_a_disability_code_that_is_neither_y_nor_n_is_reported(at_the_year_end: RunResult) -> None:
    assert only(at_the_year_end, "student_with_disability") == [
        "student_with_disability is neither Y nor N in 2 records of the SIS extract; they count "
        "as N; export Y or N, or leave the field blank"
    ]


def test_without_a_school_list_its_rules_are_named_once(at_the_year_end: RunResult) -> None:
    assert only(at_the_year_end, "SENR0002", "SENR0269", "school list") == [
        "not checked because there is no school list: SENR0002, SENR0182, SENR0184, SENR0189, "
        "SENR0269, SENR0319; name a file with the key list under [schools]"
    ]


def test_an_extract_of_30_days_is_fresh(at_the_year_end: RunResult) -> None:
    assert only(at_the_year_end, "last updated") == []


def test_an_extract_of_31_days_is_reported_and_with_a_school_list_nothing_else(
    tmp_path: Path,
) -> None:
    left = closed(
        record("1000000001", ADAMS, YEAR, last_date_updated="20260131"), "20251201", "T160"
    )
    left["upload_date"] = "20260130"
    (tmp_path / "schools.csv").write_text(f"CDSCode,School\n{LEA}{ADAMS},Adams\n", encoding="utf-8")
    listed = '[schools]\nlist = "schools.csv"\n'
    result = reconcile(tmp_path, [left], [left], "2026-03-03", listed)
    assert [notice for notice in result.notices if not notice.startswith("sis.csv")] == [
        "the ODS extract was last updated on 2026-01-31, 31 days before the as-of date; "
        "with a new one the comparison is more accurate"
    ]


def test_a_requested_school_without_records_is_named(tmp_path: Path) -> None:
    left = closed(record("1000000001", ADAMS, YEAR), "20251201", "T160")
    other = {
        **left,
        "ssid": "1000000002",
        "school_of_attendance": BAKER,
        "reporting_lea": "1964725",
    }
    result = reconcile(
        tmp_path, [left, other], [left, other], "2026-03-02", school=(ADAMS, BAKER, "1930652")
    )
    assert only(result, "--school") == [
        f"--school {school}: neither extract has a record of that school in scope; "
        "check the code, and that the school belongs to this LEA"
        for school in (BAKER, "1930652")
    ]


def test_in_august_a_year_that_only_the_sis_has_is_reported_and_stops_nothing(
    tmp_path: Path,
) -> None:
    before = [closed(record("1000000001", ADAMS, "20250814"), "20260605", "E155")]
    begun = [record(f"10000001{n:02}", BAKER, "20260812") for n in range(21)]
    result = reconcile(tmp_path, before, [*before, *begun], "2026-08-31", allow_stale_ods=True)
    assert only(result, "yet") == [
        "the ODS extract has no enrollment of 2026-2027 yet, but the SIS extract has 21: they "
        "are treated as the first of the year; if CALPADS already has some, request the ODS "
        "extract again, up to today"
    ]
    assert result.accounting["sis"]["add"] == 21
