"""The main job at a terminal: Ctrl-C, and the progress line."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.command_line import AS_OF, own_environment, write_command
from tests.support.extracts import ADAMS, YEAR, closed, record, write_ods, write_sis

pytestmark = pytest.mark.slow

STEPS = ("Loading both extracts", "Reconciling", "Writing the files")
MANY = 100_000  # lines, so many that DuckDB takes long enough to be interrupted
PATIENCE = 120  # seconds without output after which a run counts as hanging


COLOR = re.compile(r"\x1b\[[0-9;]*m")  # bold and underlined too
COLOR_ITSELF = re.compile(r"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9]+)*m")


@contextmanager
def start(
    folder: Path, *options: str, stderr: int = subprocess.PIPE, **environment: str
) -> "Iterator[subprocess.Popen[bytes]]":
    """Start a run in a folder; of the usual variables its environment has the kind of terminal."""
    # no python -c: in what it takes for an interactive Python, DuckDB has its own progress
    with subprocess.Popen(
        write_command("run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF, *options),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env={"TERM": "xterm", **own_environment(), **environment},
    ) as run:
        try:
            yield run
        finally:
            run.kill()  # one that hangs; nothing happens to one that has ended


def run_at_a_terminal(folder: Path, *options: str, **environment: str) -> tuple[int, str, str]:
    """Return exit status, standard output, and what the terminal at standard error showed."""
    terminal, its_end_in_the_run = pty.openpty()
    with start(folder, *options, stderr=its_end_in_the_run, **environment) as run:
        os.close(its_end_in_the_run)
        shown = read_terminal(terminal)
        output, _ = run.communicate(timeout=PATIENCE)
    return run.returncode, output.decode(), shown


def read_terminal(terminal: int) -> str:
    """Return what is shown until the program closes its end of the terminal; close this one."""
    shown = b""
    try:
        while part := os.read(terminal, 4096):
            shown += part
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    return shown.decode()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an ODS extract that takes long enough to load."""
    left = closed(record("1000000001", ADAMS, YEAR), "20251201", "T160")
    path = tmp_path_factory.mktemp("many") / "ods.txt"
    return write_ods(path, [left, *(record(f"{n:010}", ADAMS, YEAR) for n in range(MANY))])


# The new database is there before the first table; it grows while the extracts are loaded.
@pytest.mark.parametrize("size", [1, 100_000], ids=["as it starts", "while DuckDB works"])
def test_ctrl_c_ends_a_run_with_status_130_and_leaves_nothing_behind(
    many: Path, tmp_path: Path, size: int
) -> None:
    shutil.copy(many, tmp_path / "ods.txt")
    left = closed(record("1000000001", ADAMS, YEAR), "20251201", "T160")
    write_sis(tmp_path / "sis.txt", [left])
    with start(tmp_path) as run:
        patience_ends = time.monotonic() + PATIENCE
        while not any(
            path.stat().st_size >= size for path in tmp_path.glob(".senr.duckdb.new-*/senr.duckdb")
        ):
            assert run.poll() is None, "the run ended before it could be interrupted"
            assert time.monotonic() < patience_ends
            time.sleep(0.001)
        assert len(list(tmp_path.glob("out/.run-*"))) == 1
        run.send_signal(signal.SIGINT)
        output, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode, output, errors) == (130, b"", b"")
    assert sorted(tmp_path.glob("[!.]*")) == [
        tmp_path / name for name in ("ods.txt", "out", "sis.txt")
    ]
    assert list(tmp_path.glob("out/[!.]*")) == []


def test_a_terminal_shows_every_step_and_standard_output_none(workspace: Path) -> None:
    status, output, shown = run_at_a_terminal(workspace, "--json")
    assert status == 0, shown
    assert json.loads(output)["lea"] == "1964733"
    places = [shown.find(step) for step in STEPS]
    assert -1 not in places
    assert places == sorted(places)
    assert not any(step in output for step in STEPS)
    assert "\x1b" not in output


def test_a_quiet_run_shows_nothing_at_a_terminal(workspace: Path) -> None:
    assert run_at_a_terminal(workspace, "--quiet") == (0, "", "")


def test_without_a_terminal_no_step_is_shown(workspace: Path) -> None:
    with start(workspace) as run:
        output, errors = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0
    assert b"zip:" in output
    for printed in (output.decode(), errors.decode()):
        assert not any(step in printed for step in STEPS)
        assert "\x1b" not in printed


def test_a_log_of_json_lines_is_the_same_at_a_terminal(workspace: Path) -> None:
    status, output, shown = run_at_a_terminal(workspace, "--log-json")
    assert status == 0, shown
    assert "zip:" in output
    lines = [json.loads(line) for line in shown.splitlines()]
    assert [line["step"] for line in lines if line["event"] == "step"] == list(STEPS)
    assert all(datetime.fromisoformat(line["time"]).tzinfo for line in lines)
    assert {line["event"]: line["level"] for line in lines} == {
        "step": "info",
        "notice": "warning",
        "finished": "info",
    }
    finished = lines[-1]
    assert list(finished) == [
        *("time", "level", "event", "run_id", "files"),
        *("records", "held_students", "seconds"),
    ]
    assert finished["files"] == [
        {"name": "001_Removals.txt", "records": 1},
        {"name": "002_Exits.txt", "records": 2},
        {"name": "003_Updates.txt", "records": 2},
    ]
    assert (finished["records"], finished["held_students"]) == (5, 2)
    assert [path.name for path in workspace.glob("out/[!.]*")] == [finished["run_id"]]


def test_a_quiet_log_has_only_the_end(workspace: Path) -> None:
    status, output, shown = run_at_a_terminal(workspace, "--log-json", "--quiet")
    assert (status, output) == (0, "")
    (line,) = shown.splitlines()
    assert json.loads(line)["event"] == "finished"


@pytest.mark.parametrize("options", [("--no-such",), ("--threads", "0"), ("--as-of", "today")])
def test_a_wrong_command_line_gives_a_line_in_the_log(workspace: Path, options: list[str]) -> None:
    status, output, shown = run_at_a_terminal(workspace, "--log-json", *options)
    assert (status, output) == (2, "")
    (line,) = shown.splitlines()
    told = json.loads(line)
    assert list(told) == ["time", "level", "event", "message", "hint", "exit_status"]
    assert (told["event"], told["exit_status"]) == ("error", 2)
    assert options[0] in told["message"]


def test_ctrl_c_gives_a_line_in_the_log(many: Path, tmp_path: Path) -> None:
    shutil.copy(many, tmp_path / "ods.txt")
    write_sis(tmp_path / "sis.txt", [record("1000000001", ADAMS, YEAR)])
    with start(tmp_path, "--log-json", "--quiet") as run:
        patience_ends = time.monotonic() + PATIENCE
        while not list(tmp_path.glob(".senr.duckdb.new-*/senr.duckdb")):
            assert run.poll() is None, "the run ended before it could be interrupted"
            assert time.monotonic() < patience_ends
            time.sleep(0.001)
        run.send_signal(signal.SIGINT)
        output, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode, output) == (130, b"")
    told = json.loads(errors)
    assert (told["event"], told["exit_status"]) == ("interrupted", 130)


def test_no_color_leaves_the_progress_line_without_colors(workspace: Path) -> None:
    status, _, shown = run_at_a_terminal(workspace, NO_COLOR="1")
    assert status == 0
    assert all(step in shown for step in STEPS)
    assert "\x1b" in shown  # the line is drawn again
    assert COLOR.findall(shown) == []


def print_at_a_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """Return what a command prints when its standard output is a terminal."""
    terminal, its_end = pty.openpty()
    with subprocess.Popen(
        write_command(*arguments),
        cwd=folder,
        stdout=its_end,
        stderr=subprocess.PIPE,
        env={"TERM": "xterm-256color", "COLUMNS": "100", **own_environment(), **environment},
    ) as command:
        os.close(its_end)
        printed = read_terminal(terminal)
        assert command.wait(timeout=PATIENCE) == 0
    return printed


def test_no_command_prints_colors_without_a_terminal_or_against_no_color(
    workspace_with_run: Path,
) -> None:
    commands = (
        ("run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF),
        ("explain", "1000000002"),
        ("spot-check",),
        ("views",),
        ("views", "planned_record"),
        ("sql", "from recon.accounting"),
        ("run", "--help"),
    )
    colored = set()
    for command in commands:
        piped = subprocess.run(
            write_command(*command),
            cwd=workspace_with_run,
            capture_output=True,
            check=True,
            env={"TERM": "xterm-256color", **own_environment()},
        )
        assert piped.stdout
        assert b"\x1b" not in piped.stdout + piped.stderr, command
        unwanted = print_at_a_terminal(workspace_with_run, *command, NO_COLOR="1")
        assert unwanted
        assert COLOR_ITSELF.findall(unwanted) == [], command
        if COLOR.search(print_at_a_terminal(workspace_with_run, *command)):
            colored.add(command[0])
    assert colored >= {"run"}  # so the search finds what is there
