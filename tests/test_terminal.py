"""The main job at a terminal: Ctrl-C, and the progress line."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.extracts import ADAMS, closed, record, write_ods, write_sis
from tests.test_run import AS_OF, YEAR, every_class

STEPS = ("Loading both extracts", "Reconciling", "Writing the files")
MANY = 100_000  # lines, of which DuckDB makes a table for long enough to be interrupted
PATIENCE = 120  # seconds without a sign of life after which a run counts as hanging


@contextmanager
def start(
    folder: Path, *options: str, stderr: int = subprocess.PIPE
) -> "Iterator[subprocess.Popen[bytes]]":
    """Give a run at work in a folder; of the environment it has only the kind of the terminal."""
    # the installed script: in what it takes for an interactive Python, DuckDB has its own progress
    program = Path(sys.executable).with_name("senr-duck")
    arguments = ("run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF, *options)
    with subprocess.Popen(
        [program, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env={"TERM": "xterm"},
    ) as run:
        try:
            yield run
        finally:
            run.kill()  # one that hangs; nothing happens to one that has ended


def run_at_a_terminal(folder: Path, *options: str) -> tuple[int, str, str]:
    """Return exit status, standard output, and what the terminal at standard error showed."""
    terminal, its_end_in_the_run = pty.openpty()
    shown = b""
    with start(folder, *options, stderr=its_end_in_the_run) as run:
        os.close(its_end_in_the_run)
        try:
            while part := os.read(terminal, 4096):
                shown += part
        except OSError:  # how Linux says that the run has closed its end
            pass
        os.close(terminal)
        output, _ = run.communicate(timeout=PATIENCE)
    return run.returncode, output.decode(), shown.decode()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    ods, sis = every_class()
    write_ods(tmp_path / "ods.txt", ods)
    write_sis(tmp_path / "sis.txt", sis)
    return tmp_path


# The new database is there before the first table; it grows while the extracts are loaded.
@pytest.mark.parametrize("size", [1, 100_000], ids=["as it starts", "while DuckDB works"])
def test_ctrl_c_ends_a_run_with_status_130_and_leaves_nothing_behind(
    tmp_path: Path, size: int
) -> None:
    left = closed(record("1000000001", ADAMS, YEAR), "20251201", "T160")
    write_ods(tmp_path / "ods.txt", [left, *(record(f"{n:010}", ADAMS, YEAR) for n in range(MANY))])
    write_sis(tmp_path / "sis.txt", [left])
    with start(tmp_path) as run:
        patience_ends = time.monotonic() + PATIENCE
        while not any(path.stat().st_size >= size for path in tmp_path.glob(".db-*/senr.duckdb")):
            assert run.poll() is None, "the run ended before it could be interrupted"
            assert time.monotonic() < patience_ends
            time.sleep(0.001)
        assert len(list(tmp_path.glob("out/.run-*"))) == 1
        run.send_signal(signal.SIGINT)
        output, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode, output, errors) == (130, b"", b"")
    assert sorted(tmp_path.iterdir()) == [tmp_path / name for name in ("ods.txt", "out", "sis.txt")]
    assert list((tmp_path / "out").iterdir()) == []


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
