"""What a command has done decides its exit status, whatever happens to what it prints about it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.command_line import RUN, own_environment, write_command
from tests.support.stock import read_run_id

pytestmark = pytest.mark.slow

# What the translation of a few views prints is what that of all prints, after a third of the time.
TRANSPILE_FEW = """
import senr_duck.engines.scripts as scripts
select = scripts.select_translated
scripts.select_translated = lambda views: select(views)[:3]
from senr_duck.cli import main
main()
"""
FULL = "/dev/full"  # every write to it fails as on a full disk
NO_ROOM = "No space left on device"


def write_start(*arguments: str) -> list[str]:
    """Return what to execute for a command."""
    if arguments[:2] == ("rules", "transpile"):
        return [sys.executable, "-c", TRANSPILE_FEW, *arguments]
    return write_command(*arguments)


def call(folder: Path, *arguments: str, streams: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a command in a shell that redirects its streams."""
    return subprocess.run(
        ["/bin/sh", "-c", f'"$0" "$@" {streams}', *write_start(*arguments)],
        cwd=folder,
        env={**os.environ, **own_environment()},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@contextmanager
def unread_pipe() -> Iterator[int]:
    """Give the end to write to of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


def call_unread(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return exit status and errors of a command whose standard output is a closed pipe."""
    with unread_pipe() as pipe:
        done = subprocess.run(
            write_start(*arguments),
            cwd=folder,
            env={**os.environ, **own_environment()},
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            check=False,
        )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "streams",
    [
        f"> {FULL}",
        f"2> {FULL}",
        f"> {FULL} 2>&1",
        ">&-",
        "2>&-",
        ">&- 2>&-",
        "<&- >&- 2>&-",
        f"--json > {FULL}",
        f"--json 2> {FULL}",
        f"--log-json 2> {FULL}",
        "--log-json 2>&-",
    ],
)
def test_a_published_run_has_status_0_whatever_happens_to_its_output(
    streams: str, workspace: Path
) -> None:
    done = call(workspace, *RUN, streams=streams)
    assert done.returncode == 0, done.stderr
    assert (workspace / "out" / read_run_id(workspace) / "manifest.json").is_file()


@pytest.mark.parametrize("options", [(), ("--json",), ("--log-json",)])
def test_a_published_run_has_status_0_if_nobody_reads_its_output(
    options: tuple[str, ...], workspace: Path
) -> None:
    status, errors = call_unread(workspace, *RUN, *options)
    assert (status, "Traceback" in errors, "could not be written" in errors) == (0, False, False)
    assert (workspace / "out" / read_run_id(workspace) / "manifest.json").is_file()


def test_a_run_whose_object_did_not_fit_on_the_disk_says_that_it_is_published(
    workspace: Path,
) -> None:
    done = call(workspace, *RUN, "--json", "--quiet", streams=f"> {FULL}")
    run_id = read_run_id(workspace)
    assert done.returncode == 0
    assert done.stderr == (
        f"notice: standard output could not be written ({NO_ROOM}): run {run_id} is published in "
        f"out/{run_id}\n"
    )
    logged = call(workspace, *RUN, "--json", "--log-json", "--quiet", streams=f"> {FULL}")
    assert logged.returncode == 0
    *_, last = map(json.loads, logged.stderr.splitlines())
    assert (last["event"], f"run {run_id} is published" in last["notice"]) == ("notice", True)


def test_a_run_that_stops_has_status_1_whatever_happens_to_its_output(workspace: Path) -> None:
    stopping = ("--max-removal-share", "0", "--max-update-share", "0", "--json")
    shutil.copy(workspace / "ods.txt", workspace / "sis.txt")  # so that it is refused, too
    year = ("run", "--ods", "ods.txt", "--sis", "sis.txt", "--as-of", "2020-07-01", *stopping)
    assert call_unread(workspace, *year)[0] == 1
    assert call(workspace, *year, streams=f"> {FULL}").returncode == 1
    assert call(workspace, *year, streams=">&- 2>&-").returncode == 1


@pytest.mark.parametrize("streams", [f"> {FULL}", ">&- 2>&-"])
def test_a_check_has_the_status_of_its_comparison(streams: str, workspace: Path) -> None:
    check = ("check", *RUN[1:])
    assert call(workspace, *check).returncode == 1
    assert call(workspace, *check, streams=streams).returncode == 1
    assert call_unread(workspace, *check)[0] == 1


def change(folder: Path) -> list[tuple[str, ...]]:
    """Return commands that change what is published, and a later command that shows it."""
    run_id = read_run_id(folder)
    return [
        ("posted", run_id, "--on", "2026-03-02"),
        ("posted", run_id, "--undo"),
        ("clean-runs", "--keep", "1"),
        ("report", "--out", "again.html"),
        ("init", "--ods", "ods.txt", "--sis", "sis.txt", "--as-of", "2026-03-02"),
        ("sample", "--out", "made", "--district", "Alpine County Unified", "--students", "5"),
        ("rules", "transpile", "--to", "postgres", "--out", "scripts"),
    ]


@pytest.mark.parametrize("streams", [f"> {FULL}", f"2> {FULL}", ">&-", "2>&-"])
def test_what_a_command_has_written_gives_status_0(streams: str, workspace_with_run: Path) -> None:
    for command in change(workspace_with_run):
        done = call(workspace_with_run, *command, streams=streams)
        assert (command[0], done.returncode, "Traceback" in done.stderr) == (command[0], 0, False)
        is_lost = streams == f"> {FULL}" and command[0] != "clean-runs"  # which has nothing to say
        assert ("could not be written" in done.stderr) == is_lost


def test_what_a_command_has_written_gives_status_0_if_nobody_reads_its_output(
    workspace_with_run: Path,
) -> None:
    for command in change(workspace_with_run):
        assert (command[0], *call_unread(workspace_with_run, *command)) == (command[0], 0, "")
    assert (workspace_with_run / "again.html").is_file()
    assert len(list((workspace_with_run / "made").glob("[!.]*"))) == 5


READING = [
    ("status",),
    ("sql", "from range(100_000)"),
    ("sql", "--csv", "from range(100_000)"),
    ("sql", "--json", "from range(100_000)"),
    ("explain", "1000000002"),
    ("spot-check",),
    ("views",),
    ("rules", "list"),
    ("--version",),
    ("run", "--help"),
]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_command_that_only_reads_ends_quietly_if_nobody_reads_its_output(
    command: tuple[str, ...], workspace_with_run: Path
) -> None:
    assert call_unread(workspace_with_run, *command) == (0, "")
    closed = call(workspace_with_run, *command, streams=">&-")
    assert (closed.returncode, closed.stderr) == (0, "")


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_command_that_only_reads_has_status_2_if_the_disk_is_full(
    command: tuple[str, ...], workspace_with_run: Path
) -> None:
    done = call(workspace_with_run, *command, streams=f"> {FULL}")
    assert (done.returncode, done.stderr) == (
        2,
        f"error: cannot write to standard output: {NO_ROOM}\n\n"
        "hint: free up disk space, or write to another place\n",
    )


def test_a_file_never_gets_the_number_of_a_closed_stream(workspace: Path) -> None:
    program = (
        "import os, sys; from senr_duck.cli.output import open_streams\n"
        "open_streams()\n"
        "sys.exit(os.open('ods.txt', os.O_RDONLY))"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -c "$1" <&- >&- 2>&-', sys.executable, program],
        cwd=workspace,
        check=False,
    )
    assert done.returncode > 2


def test_a_query_from_a_closed_standard_input_is_refused(workspace_with_run: Path) -> None:
    done = call(workspace_with_run, "sql", "-", streams="<&-")
    assert done.returncode == 2
    assert done.stderr.startswith("error: found 0 SQL statements, expected one query\n")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "ascii:surrogateescape"])
def test_an_encoding_that_lacks_a_character_shows_its_number(
    encoding: str, workspace_with_run: Path
) -> None:
    query = "select 'Ji' || chr(345) || chr(237) || chr(128512) as name"
    for command in (("sql", query), ("sql", "--json", query), ("explain", "1000000002"), RUN):
        done = subprocess.run(
            write_command(*command),
            cwd=workspace_with_run,
            env={**os.environ, **own_environment(), "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert (command[0], done.returncode, done.stderr) == (command[0], 0, done.stderr)
        assert b"Traceback" not in done.stderr
        if command == ("sql", query):
            assert done.stdout.splitlines()[2].startswith(b"Ji\\u0159")
        if "--json" in command:
            assert json.loads(done.stdout) == [{"name": "Ji\u0159\u00ed\U0001f600"}]
