"""From a finished run to the next one: what commands say to do, without reading a document."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import RUN, run, senr_duck, tell
from tests.support.extracts import (
    ADAMS,
    YEAR,
    closed,
    record,
    write_every_class,
    write_ods,
    write_sis,
)
from tests.support.once import make_once
from tests.support.stock import read_run_id, take_stock

pytestmark = pytest.mark.slow

DAY = ("--on", "2026-03-02")
HOLD = """
import sys, duckdb
with duckdb.connect(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def hold_open(path: Path) -> Iterator[None]:
    """Have another program open a database for writing."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield
        program.stdin.close()


def next_step(folder: Path, *options: str) -> dict[str, Any]:
    (step,) = json.loads(tell(folder, "next", "--json", *options))["next"]
    assert isinstance(step, dict)
    return step


def call_line(folder: Path, line: str, *more: str) -> str:
    """Run a command line that a command has printed."""
    program, *arguments = line.split()
    assert program == "senr-duck"
    return tell(folder, *arguments, *more)


def test_a_run_ends_with_where_everything_is_and_the_next_command(workspace: Path) -> None:
    done = run(workspace)
    folder = f"out/{read_run_id(workspace)}"
    places = done.stdout.splitlines()[-5:]
    assert places == [
        f"zip:        {folder}/SENR_1964733_2026-03-02.zip",
        f"report:     {folder}/report.html",
        f"exceptions: {folder}/exceptions.csv",
        "database:   senr.duckdb",
        "next:       read the report, then senr-duck next",
    ]
    for line in places[:4]:
        assert (workspace / line.split()[1]).is_file()


def test_the_next_command_names_the_database_if_it_has_another_name(workspace: Path) -> None:
    done = run(workspace, "--db", "a district.duckdb")
    assert done.stdout.endswith('then senr-duck next --db "a district.duckdb"\n')
    told = tell(workspace, "next", "--db", "a district.duckdb")
    assert '--through 001_Removals --db "a district.duckdb"\n' in told


def test_next_leads_from_file_to_file_until_an_extract_is_needed(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    named = []
    while (step := next_step(folder))["step"] == "upload":
        assert (folder / step["archive"]).is_file()
        named.append((step["file"], step["records"], step["after"]))
        call_line(folder, step["record"], *DAY)
    assert named == [
        ("001_Removals.txt", 1, ["002_Exits.txt", "003_Updates.txt"]),
        ("002_Exits.txt", 2, ["003_Updates.txt"]),
        ("003_Updates.txt", 2, []),
    ]
    assert (step["step"], step["file"], step["held_students"]) == ("request", None, 2)
    told = tell(folder, "next")
    assert "everything has posted: request a new ODS extract from CALPADS" in told
    assert "senr-duck run --ods FILE --sis FILE\n" in told
    assert "2 students on hold: fix them in the SIS for the next run" in told


def test_next_says_the_same_to_a_person(workspace_with_run: Path) -> None:
    run_id = read_run_id(workspace_with_run)
    assert tell(workspace_with_run, "next").splitlines() == [
        f"LEA 1964733, run {run_id}, as of 2026-03-02",
        "  upload now:       001_Removals.txt (1 record), with Split File off",
        f"  it is in:         out/{run_id}/SENR_1964733_2026-03-02.zip",
        f"  when it posted:   senr-duck posted {run_id} --through 001_Removals",
        "  if it is refused: senr-duck rejected FILE",
        "                    (FILE is the rejected-records extract that CALPADS offers)",
        "  after that:       002_Exits.txt, 003_Updates.txt",
        "  while you wait:   2 students on hold: fix them in the SIS for the next run",
    ]


def test_next_without_the_zip_says_so(workspace_with_run: Path) -> None:
    shutil.rmtree(workspace_with_run / "out")
    assert "(this zip is not there any more: run again)" in tell(workspace_with_run, "next")


def test_after_a_rejection_next_says_to_fix_it(workspace_with_run: Path) -> None:
    folder = workspace_with_run
    (archive,) = folder.glob("out/*/*.zip")
    shutil.unpack_archive(archive, folder)
    _, _, *fields = (folder / "001_Removals.txt").read_text(encoding="utf-8").strip().split("^")
    text = "^".join(["SENR-E", "", *fields, "SENR0027", "F", "Overlap", "1.22", "x"])
    (folder / "rejected.txt").write_text(f"{text}\r\n", encoding="utf-8", newline="")
    tell(folder, "rejected", "rejected.txt")
    assert next_step(folder)["step"] == "fix"
    assert "CALPADS rejected a file: fix the records in the SIS" in tell(folder, "next")


def test_a_run_of_two_leas_has_a_command_for_each(workspace: Path) -> None:
    for name in ("ods.txt", "sis.txt"):
        text = (workspace / name).read_text(encoding="utf-8")
        other = text.replace("^1964733^", "^1964725^").replace("^10000000", "^20000000")
        (workspace / name).write_text(text + other, encoding="utf-8", newline="")
    assert run(workspace, "--all-leas", "--quiet").returncode == 0
    steps = json.loads(tell(workspace, "next", "--json"))["next"]
    assert [step["lea"] for step in steps] == ["1964725", "1964733"]
    for step in steps:
        call_line(workspace, step["record"], *DAY)
    assert next_step(workspace, "--lea", "1964725")["file"] == "002_Exits.txt"
    assert tell(workspace, "next").count("LEA 19647") == 2
    done = senr_duck(workspace, "next", "--lea", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "expected an LEA of the ledger: 1964725, 1964733" in done.stderr


@pytest.mark.parametrize("width", ["20", "40", "80"])
def test_status_never_shortens_the_id_of_a_run(workspace_with_run: Path, width: str) -> None:
    told = senr_duck(workspace_with_run, "status", environment={"COLUMNS": width}).stdout
    assert read_run_id(workspace_with_run) in told.replace("│", " ").split()
    assert "001_Removals.txt" in told
    assert "…" not in told


ODD = "A-LOCAL-CODE-OF-MORE-THAN-FORTY-CHARACTERS"


@pytest.fixture(scope="module")
def odd_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which a student with a very long exit reason is on hold."""

    def make(folder: Path) -> None:
        leave = [closed(record(f"100000000{n}", ADAMS, YEAR), "20251201", "T160") for n in "23456"]
        write_ods(folder / "ods.txt", leave)
        write_sis(folder / "sis.txt", [{**leave[0], "student_exit_reason_code": ODD}, *leave[1:]])
        assert run(folder, "--quiet", "--max-held-share", "1").returncode == 0

    return make_once(tmp_path_factory, "odd_run", make)


@pytest.mark.parametrize("width", ["30", "50", "70", "100"])
def test_a_narrow_terminal_cuts_no_value(odd_run: Path, width: str) -> None:
    for command in (("explain", "1000000002", "1000000003"), ("spot-check",)):
        told = senr_duck(odd_run, *command, environment={"COLUMNS": width})
        assert told.returncode == 0, told.stderr
        whole = "".join(told.stdout.split())
        assert "…" not in told.stdout
        assert f"2025-12-01{ODD}" in whole
        assert "CALPADSafter" in whole


def test_students_are_set_apart(every_class_run: Path) -> None:
    told = tell(every_class_run, "explain", "1000000002", "1000000003")
    first, second = told.split("\n\nSSID ")
    assert first.startswith("SSID 1000000002")
    assert second.startswith("1000000003")


@pytest.mark.parametrize(
    "command",
    [
        ("next",),
        ("status",),
        ("changes",),
        ("posted", "latest"),
        ("rejected", "rejected.txt"),
        ("clean-runs",),
    ],
    ids=lambda command: command[0],
)
def test_a_folder_without_runs_is_named_and_gets_no_ledger(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = senr_duck(tmp_path, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "error: found no ledger senr.ledger.duckdb, expected the one that a run has made\n\n"
        "hint: go to the folder of your runs, or name their database with --db\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_lost_ledger_is_named_next_to_its_database(workspace_with_run: Path) -> None:
    (workspace_with_run / "senr.ledger.duckdb").unlink()
    done = senr_duck(workspace_with_run, "next")
    assert done.returncode == 2
    assert "restore senr.ledger.duckdb from a backup" in done.stderr


def test_check_leaves_nothing_behind(tmp_path: Path) -> None:
    write_every_class(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert senr_duck(tmp_path, "check", *RUN[1:], "--quiet").returncode == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_check_leaves_a_workspace_as_it_is(workspace_with_run: Path) -> None:
    before = take_stock(workspace_with_run)
    files = sorted(workspace_with_run.rglob("*"))
    assert senr_duck(workspace_with_run, "check", *RUN[1:], "--quiet").returncode == 1
    assert (take_stock(workspace_with_run), sorted(workspace_with_run.rglob("*"))) == (
        before,
        files,
    )


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("senr.duckdb", ("sql", "select 1")),
        ("senr.duckdb", ("explain", "1000000002")),
        ("senr.ledger.duckdb", ("status",)),
        ("senr.ledger.duckdb", ("next",)),
    ],
)
def test_a_file_that_another_program_is_writing_to_is_named(
    workspace_with_run: Path, file: str, command: tuple[str, ...]
) -> None:
    with hold_open(workspace_with_run / file):
        done = senr_duck(workspace_with_run, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {file} is open for writing in another program")
    assert "close the session of that program" in done.stderr
    assert senr_duck(workspace_with_run, *command).returncode == 0
