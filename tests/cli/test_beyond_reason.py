"""Numbers and days beyond reason are refused by name, or accepted; they are never a bug."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.command_line import RUN, senr_duck
from tests.support.extracts import Record, every_class, write_ods, write_sis

HUGE = "99999999999999999999"
UNDATED = ("run", "--ods", "ods.txt", "--sis", "sis.txt", "--allow-other-year")


@pytest.mark.parametrize(
    "options",
    [
        ("--threads", HUGE),
        ("--threads", "1025"),
        ("--threads", "0"),
        ("--threads", "1e400"),
        ("--memory-limit", f"{HUGE}GB"),
        ("--memory-limit", "1e400GB"),
        ("--memory-limit", "nan"),
        ("--memory-limit", "-4GB"),
        ("--memory-limit", "4GB'"),
        ("--max-removal-share", "nan"),
        ("--max-removal-share", "1e400"),
        ("--max-held-share", "-1"),
        ("--max-update-share", HUGE),
        ("--wait", "nan"),
        ("--wait", "inf"),
        ("--wait", "-1"),
        ("--lea", HUGE),
        ("--school", HUGE),
        ("--ods-date", "10000-01-01"),
    ],
    ids=" ".join,
)
def test_an_option_beyond_reason_is_refused_by_name(
    options: tuple[str, str], workspace: Path
) -> None:
    done = senr_duck(workspace, *RUN, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert options[0] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("day", ["9999-12-31", "9999-06-30", "2099-07-01", "0001-01-01"])
def test_an_as_of_date_at_the_end_of_time_is_refused(day: str, workspace_with_run: Path) -> None:
    archive = str(next(workspace_with_run.glob("out/2*/*.zip")).relative_to(workspace_with_run))
    for command in (
        (*UNDATED, "--as-of", day),
        ("init", "--ods", "ods.txt", "--sis", "sis.txt", "--as-of", day),
        ("simulate", archive, "--ods", "ods.txt", "--as-of", day),
    ):
        done = senr_duck(workspace_with_run, *command)
        assert (command[0], done.returncode, done.stdout) == (command[0], 2, "")
        assert done.stderr.startswith(f"error: --as-of: found {day}, expected ")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_another_day_at_the_end_of_time_is_no_bug(day: str, workspace: Path) -> None:
    assert senr_duck(workspace, *RUN, "--ods-date", day).returncode == 0
    posted = senr_duck(workspace, "posted", "latest", "--on", day)
    assert posted.returncode == 2
    assert posted.stderr.startswith(f"error: --on: found {day}")


@pytest.mark.parametrize(
    "lines",
    [
        "[evidence]\nstudents = 99999999999999999999",
        "[evidence]\nstudents = 9223372036854775808",
        "[evidence]\nstudents = 1e400",
        "[guards]\nmax_removal_share = 1e400",
        "[guards]\nmax_removal_share = nan",
        "[guards]\nmax_held_share = -0.1",
        "[year_end]\nwindow_days = 99999999999999999999",
        '[calendar."9999-10000"]\nlast_day = 9999-12-31',
        "lea = 1e400",
    ],
)
def test_a_key_beyond_reason_is_refused_by_name(lines: str, workspace: Path) -> None:
    (workspace / "senr.toml").write_text(lines + "\n", encoding="utf-8")
    done = senr_duck(workspace, *RUN)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: senr.toml: ")
    assert lines.split(" =")[0].split("\n")[-1].split(".")[0] in done.stderr or "10000" in lines


@pytest.mark.parametrize(
    "command",
    [
        ("status", "-n", HUGE),
        ("spot-check", "-n", HUGE),
        ("spot-check", "--seed", f"-{HUGE}"),
        ("sql", "from recon.finding", "--rows", HUGE),
        ("sql", "from recon.finding", "--rows", "1_000_000_000"),
        ("clean-runs", "--keep", HUGE),
        ("sample", "--out", "made", "--district", "Alpine County Unified", "--students", HUGE),
    ],
    ids=" ".join,
)
def test_a_count_beyond_reason_is_no_bug(
    command: tuple[str, ...], workspace_with_run: Path
) -> None:
    done = senr_duck(workspace_with_run, *command)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr


DAYS = ["99991231", "00010101", "99990701", "00010630"]
DATES = ("enrollment_start_date", "enrollment_exit_date", "student_birth_date")


def _set_day(one: Record, odd: Mapping[str, str], day: str) -> Record:
    column = odd.get(one["ssid"])
    return one if column is None else {**one, column: day}


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_a_day_at_the_end_of_time_in_an_extract_is_no_bug(day: str, tmp_path: Path) -> None:
    """Each of the dates is such a day on another student, on both sides."""
    ods, sis = every_class()
    odd = {ods[place]["ssid"]: column for place, column in enumerate(DATES)}
    write_ods(tmp_path / "ods.txt", [_set_day(one, odd, day) for one in ods])
    write_sis(tmp_path / "sis.txt", [_set_day(one, odd, day) for one in sis])
    done = senr_duck(tmp_path, *RUN, "--max-held-share", "1", "--max-removal-share", "1")
    assert done.returncode == 0, done.stderr
    shows = (("explain", *odd), ("explain", "--json", *odd), ("spot-check",), ("report",))
    for command in shows:
        shown = senr_duck(tmp_path, *command)
        assert (command, shown.returncode, shown.stderr) == (command, 0, "")
    drafted = senr_duck(
        tmp_path, "init", "--ods", "ods.txt", "--sis", "sis.txt", "--as-of", "2026-03-02"
    )
    assert (drafted.returncode, drafted.stderr) == (0, "")
    archive = str(next(tmp_path.glob("out/2*/*.zip")).relative_to(tmp_path))
    posted = senr_duck(tmp_path, "simulate", archive, "--ods", "ods.txt", "--as-of", "2026-03-02")
    assert posted.returncode in (0, 1), posted.stderr
    assert "Traceback" not in posted.stderr
