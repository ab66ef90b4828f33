"""Every guard as a scheduled job sees it: message, exit status, and how to allow the run."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from senr_duck.cli import app
from senr_duck.errors import DataStop
from senr_duck.settings.settings import load_settings
from tests.support.command_line import NOT_CONFIGURED, senr_duck
from tests.support.extracts import ADAMS, BAKER, Record, closed, record, write_ods, write_sis

pytestmark = pytest.mark.slow

YEAR = "20250814"
CEDAR = "1930652"
Sides = tuple[list[Record], list[Record]]


@dataclass(frozen=True)
class Guard:
    """A guard: both sides with the 21 records that stop the run, and all of standard error.

    ``option`` and ``key`` (of ``[guards]``) allow the run. The views' cases test the limits.
    """

    make: Callable[[], Sides]
    error: str
    option: tuple[str, ...]
    key: tuple[str, bool | float]
    as_of: str = "2026-03-02"


def students(count: int, first: int = 0, school: str = ADAMS, **fields: str) -> list[Record]:
    return [record(f"10000{first + n:05}", school, YEAR, **fields) for n in range(count)]


def leaver() -> Record:
    """Return a record that keeps the ODS extract from looking like one of active students only."""
    return closed(record("1000099999", ADAMS, YEAR), "20251201", "T160")


def remove() -> Sides:
    same = [*students(100), *students(30, 200, BAKER), leaver()]
    extra = students(21, school=BAKER, enrollment_status_code="20")
    return [*same, *extra], same


def hold() -> Sides:
    same = [*students(100), leaver()]
    without_lea = students(21, 79, reporting_lea="")
    return same, [*students(79), *without_lea, leaver()]


def change_one_field() -> Sides:
    same = [*students(100), leaver()]
    changed = [*students(79), *students(21, 79, grade_level_code="06")]
    return same, [*changed, leaver()]


def leave_a_field_blank() -> Sides:
    left = [closed(one, "20251201", "T160") for one in students(21)]
    return [*left, *students(50, 500)], [*students(21), *students(50, 500)]


def lack_a_school() -> Sides:
    same = [*students(5), leaver()]
    gone = [
        closed(record(f"10000{n:05}", CEDAR, "20240815"), "20250606", "T160") for n in range(21)
    ]
    here = [closed(record("1000000900", ADAMS, "20240815"), "20250606", "T160")]
    return [*same, *here, *gone], [*same, *here]


def lack_a_school_year() -> Sides:
    same = [*students(5), leaver()]
    old = [closed(record(f"10000{n:05}", ADAMS, "20230815"), "20240606", "T160") for n in range(21)]
    return same, [*same, *old]


def leave_out_all_exits() -> Sides:
    return students(21), [*students(21), leaver()]


def come_from_last_year() -> Sides:
    changed = "20250630"
    ods = [closed(record(f"10000{n:05}", ADAMS, "20240815"), "20250606", "T160") for n in range(3)]
    dated = [{**one, "upload_date": changed, "last_date_updated": changed} for one in ods]
    return dated, ods


GUARDS = {
    "removal_share": Guard(
        remove,
        "error: 21 of 152 ODS records would be removed or turned into no-shows, more than 2.0%\n\n"
        "hint: check that the SIS extract has all schools and all three school years; "
        "if the removals are right, set a larger --max-removal-share\n",
        ("--max-removal-share", "0.2"),
        ("max_removal_share", 0.2),
    ),
    "held_share": Guard(
        hold,
        "error: 21 of 101 students are on hold, more than 5.0%; most often because of GERR0001\n"
        "       GERR0001 in reporting_lea: 21 records, most often blank "
        "(9 is a digit, A a letter), first in line 80 of sis.txt\n\n"
        "hint: check the SIS export for a column that is wrong in every record; "
        "if the holds are right, set a larger --max-held-share\n",
        ("--max-held-share", "0.3"),
        ("max_held_share", 0.3),
    ),
    "update_share": Guard(
        change_one_field,
        "error: grade_level_code differs in 21 of 101 matched records, more than 5.0%; "
        "most often: 05 in CALPADS, 06 in the SIS\n\n"
        "hint: check the translation of that field in the configuration, and the SIS export; "
        "if the change is right, set a larger --max-update-share\n",
        ("--max-update-share", "0.3"),
        ("max_update_share", 0.3),
    ),
    "blank_field": Guard(
        leave_a_field_blank,
        "error: enrollment_exit_date is blank in the whole SIS extract; "
        "CALPADS has a value in 21 of 71 records\n"
        "       student_exit_reason_code is blank in the whole SIS extract; "
        "CALPADS has a value in 21 of 71 records\n\n"
        "hint: check the SIS export for a missing or empty column; if the blanks are right, "
        "set a larger --max-update-share\n",
        ("--max-update-share", "0.3"),
        ("max_update_share", 0.3),
    ),
    "missing school": Guard(
        lack_a_school,
        "error: school 1930652: 21 records in the ODS extract, 0 in the SIS extract; "
        "the ODS extract has starts from 2024-08-15 to 2025-08-14, "
        "the SIS extract from 2024-08-15 to 2025-08-14\n\n"
        "hint: request both extracts for the same schools and dates; "
        "if they already cover the same, use --allow-missing-schools\n",
        ("--allow-missing-schools",),
        ("allow_missing_schools", True),
    ),
    "missing school year": Guard(
        lack_a_school_year,
        "error: school year 2023-2024: 0 records in the ODS extract, 21 in the SIS extract; "
        "the ODS extract has starts from 2025-08-14 to 2025-08-14, "
        "the SIS extract from 2023-08-15 to 2025-08-14\n\n"
        "hint: request both extracts for the same schools and dates; "
        "if they already cover the same, use --allow-missing-schools\n",
        ("--allow-missing-schools",),
        ("allow_missing_schools", True),
    ),
    "no exits": Guard(
        leave_out_all_exits,
        "error: the ODS extract has 21 records but no exit date; "
        "expected the exits of three school years\n\n"
        "hint: request the extract again by date range, not for active students only; "
        "in the first weeks of a new school, use --allow-no-exits\n",
        ("--allow-no-exits",),
        ("allow_no_exits", True),
    ),
    "stale ODS": Guard(
        come_from_last_year,
        "error: the ODS extract was last updated on 2025-06-30; "
        "expected 2025-07-01, the start of the school year, or later\n\n"
        "hint: download a new SSID Enrollment ODS extract; if this one is new, "
        "use --allow-stale-ods\n",
        ("--allow-stale-ods",),
        ("allow_stale_ods", True),
        as_of="2025-08-15",
    ),
}


def write_inputs(folder: Path, guard: Guard) -> tuple[str, ...]:
    """Write both extracts; return the command that reconciles them."""
    ods, sis = guard.make()
    write_ods(folder / "ods.txt", ods)
    write_sis(folder / "sis.txt", sis)
    inputs = ("run", "--ods", "ods.txt", "--sis", "sis.txt", "--as-of", guard.as_of)
    return (*inputs, "--allow-other-year")


def run_here(command: tuple[str, ...]) -> Result:
    """Run the command in this process, which takes half the time."""
    return CliRunner().invoke(app, command)


def read_guards(folder: Path) -> dict[str, bool | float]:
    """Return the guards that the manifest of the one run records."""
    (path,) = folder.glob("out/*/manifest.json")
    guards: dict[str, bool | float] = json.loads(path.read_text(encoding="utf-8"))["parameters"][
        "guards"
    ]
    return guards


@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_stops_the_run_and_nothing_is_published(name: str, tmp_path: Path) -> None:
    done = senr_duck(tmp_path, *write_inputs(tmp_path, GUARDS[name]))
    error, _, left = done.stderr.rpartition("      look at ")
    assert (done.returncode, done.stdout, error) == (1, "", NOT_CONFIGURED + GUARDS[name].error)
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == ["ods.txt", "out", "sis.txt"]
    assert [path.name for path in tmp_path.glob("out/[!.]*")] == ["stopped"]
    names = sorted(path.name for path in tmp_path.glob("out/stopped/[!.]*"))
    assert left == f"{', '.join(names)} in out/stopped\n"


@pytest.mark.parametrize("name", GUARDS)
def test_a_check_stops_with_the_same_words_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    _, *options = write_inputs(tmp_path, GUARDS[name])
    done = senr_duck(tmp_path, "check", *options)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        NOT_CONFIGURED + GUARDS[name].error,
    )
    assert list(tmp_path.glob("out/[!.]*")) == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", GUARDS)
def test_the_option_lets_the_run_pass_and_the_manifest_says_so(name: str, here: Path) -> None:
    done = run_here((*write_inputs(here, GUARDS[name]), *GUARDS[name].option))
    assert done.exit_code == 0, done.exception
    key, value = GUARDS[name].key
    assert read_guards(here)[key] == value


@pytest.mark.parametrize("name", GUARDS)
def test_the_key_of_a_guard_makes_the_settings_that_its_option_makes(
    name: str, tmp_path: Path
) -> None:
    key, value = GUARDS[name].key
    written = f"[guards]\n{key} = {json.dumps(value)}\n"
    (tmp_path / "senr.toml").write_text(written, encoding="utf-8")
    day = date.fromisoformat(GUARDS[name].as_of)
    by_key = load_settings(tmp_path / "senr.toml", {"as_of": day}, day)
    by_option = load_settings(None, {"as_of": day, key: value}, day)
    assert getattr(by_key.guards, key) == value
    assert by_key == by_option


def test_the_keys_let_the_run_pass_and_the_manifest_says_so(here: Path) -> None:
    keys = dict(guard.key for guard in GUARDS.values())
    written = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    (here / "senr.toml").write_text(f"[guards]\n{written}", encoding="utf-8")
    done = run_here(write_inputs(here, GUARDS["removal_share"]))
    assert done.exit_code == 0, done.exception
    guards = read_guards(here)
    assert {key: guards[key] for key in keys} == keys


def test_the_option_wins_over_the_key(here: Path) -> None:
    (here / "senr.toml").write_text("[guards]\nmax_removal_share = 0.2\n", encoding="utf-8")
    command = write_inputs(here, GUARDS["removal_share"])
    done = run_here((*command, "--max-removal-share", "0.1"))
    assert isinstance(done.exception, DataStop)
    assert "more than 10.0%" in str(done.exception)


def test_everything_that_the_guards_found_is_reported_at_once(here: Path) -> None:
    ods, sis = remove()
    elsewhere = [{**one, "school_of_attendance": CEDAR} for one in ods[-21:]]
    both = Guard(lambda: ([*ods[:-21], *elsewhere], sis), "", (), ("", 0.0))
    done = run_here(write_inputs(here, both))
    assert isinstance(done.exception, DataStop)
    coverage, held, rule = str(done.exception).split("\n       ")
    assert coverage.startswith("school 1930652: 21 records in the ODS extract")
    assert held.startswith("21 of ")
    assert rule.startswith("SCHOOL-ABSENT in school_of_attendance: 21 records")
    first, second, last = done.exception.hint.split("\n      ")
    assert first.endswith("use --allow-missing-schools")
    assert second.endswith("set a larger --max-held-share")
    assert last == "look at exceptions.csv, report.html, senr.duckdb in out/stopped"
