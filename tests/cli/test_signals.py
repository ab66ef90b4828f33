"""SIGTERM and SIGHUP end a command as Ctrl-C does: with its status, and nothing is left."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.command_line import AS_OF, RUN, senr_duck
from tests.support.extracts import ADAMS, YEAR, closed, record, write_ods, write_sis

pytestmark = pytest.mark.slow

PROGRAM = Path(sys.executable).with_name("senr-duck")
PATIENCE = 120  # seconds after which a command counts as hanging
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
MANY = 100_000  # lines, so many that DuckDB takes long enough to be interrupted


@contextmanager
def start(
    folder: Path, *arguments: str, before: Callable[[], None] | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(
        [PROGRAM, *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=before,
    ) as command:
        try:
            yield command
        finally:
            command.kill()  # one that hangs; nothing happens to one that has ended


def wait_until(command: "subprocess.Popen[bytes]", is_reached: Callable[[], bool]) -> None:
    patience_ends = time.monotonic() + PATIENCE
    while not is_reached():
        assert command.poll() is None, "the command ended before it could be interrupted"
        assert time.monotonic() < patience_ends
        time.sleep(0.001)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with extracts that take long enough to load."""
    folder = tmp_path_factory.mktemp("many")
    left = closed(record("1000000001", ADAMS, YEAR), "20251201", "T160")
    write_ods(folder / "ods.txt", [left, *(record(f"{n:010}", ADAMS, YEAR) for n in range(MANY))])
    write_sis(folder / "sis.txt", [left])
    return folder


def list_left(folder: Path) -> set[str]:
    """Return what is in a folder of extracts apart from them, without the lock files."""
    found = {path.name for path in (*folder.iterdir(), *folder.glob("out/*"))}
    return {name for name in found if not name.endswith(".lock")} - {"ods.txt", "sis.txt", "out"}


@pytest.mark.parametrize("number", STATUS, ids=lambda one: one.name)
@pytest.mark.parametrize("size", [1, 100_000], ids=["as it starts", "while DuckDB works"])
def test_a_signal_ends_a_run_with_its_status_and_leaves_nothing(
    number: signal.Signals, size: int, many: Path
) -> None:
    def is_reached() -> bool:
        made = many.glob(".senr.duckdb.new-*/senr.duckdb")
        return any(path.stat().st_size >= size for path in made)

    with start(many, *RUN) as run:
        wait_until(run, is_reached)
        run.send_signal(number)
        output, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode, output, errors) == (STATUS[number], b"", b"")
    assert list_left(many) == set()


def test_a_signal_that_comes_twice_does_not_stop_the_cleaning_up(many: Path) -> None:
    with start(many, *RUN) as run:
        wait_until(run, lambda: bool(list(many.glob(".senr.duckdb.new-*/senr.duckdb"))))
        run.send_signal(signal.SIGTERM)
        run.send_signal(signal.SIGHUP)
        output, errors = run.communicate(timeout=PATIENCE)
    assert (run.returncode in (129, 143), output, errors) == (True, b"", b"")
    assert list_left(many) == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_a_signal_gives_a_line_in_the_log(number: signal.Signals, many: Path) -> None:
    with start(many, *RUN, "--log-json", "--quiet") as run:
        wait_until(run, lambda: bool(list(many.glob(".senr.duckdb.new-*/senr.duckdb"))))
        run.send_signal(number)
        _, errors = run.communicate(timeout=PATIENCE)
    told = json.loads(errors)
    assert (told["event"], told["exit_status"]) == ("interrupted", STATUS[number])


def test_a_hangup_that_is_ignored_from_the_start_ends_nothing(workspace: Path) -> None:
    def ignore() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with start(workspace, *RUN, before=ignore) as run:
        wait_until(run, lambda: bool(list(workspace.glob(".senr.duckdb.new-*/senr.duckdb"))))
        run.send_signal(signal.SIGHUP)
        output, _ = run.communicate(timeout=PATIENCE)
    assert (run.returncode, b"zip:" in output) == (0, True)


@pytest.mark.parametrize("number", STATUS, ids=lambda one: one.name)
def test_a_signal_ends_a_long_query_at_once(
    number: signal.Signals, workspace_with_run: Path
) -> None:
    long = "select count(*) from range(10_000_000) as a, range(10_000_000) as b where a <> b"
    with start(workspace_with_run, "sql", long) as query:
        wait_until(query, lambda: has_open(query.pid, "senr.duckdb"))
        query.send_signal(number)
        output, errors = query.communicate(timeout=PATIENCE)
    assert (query.returncode, output, errors) == (STATUS[number], b"", b"")


def has_open(process: int, name: str) -> bool:
    """Return whether a process has opened a file of this name."""
    found = []
    for number in Path(f"/proc/{process}/fd").iterdir():
        try:
            found.append(number.readlink().name)
        except OSError:  # closed since
            continue
    return name in found


@pytest.mark.parametrize("number", STATUS, ids=lambda one: one.name)
def test_a_signal_while_standard_input_is_read_ends_the_command(
    number: signal.Signals, workspace_with_run: Path
) -> None:
    with start(workspace_with_run, "sql", "-") as query:
        wait_until(query, lambda: "pipe_read" in read_state(query.pid))
        query.send_signal(number)
        output, errors = query.communicate(timeout=PATIENCE)
    assert (query.returncode, output, errors) == (STATUS[number], b"", b"")


def read_state(process: int) -> str:
    """Return the name of the system's function in which a process waits."""
    return Path(f"/proc/{process}/wchan").read_text(encoding="utf-8")


IN_AN_IMPORT = """
import importlib.abc, os, signal, sys
class Interrupting(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.{signal})
sys.meta_path.insert(0, Interrupting())
sys.argv = ["senr-duck", *{arguments!r}]
from senr_duck.__main__ import main
main()
"""


@pytest.mark.parametrize("number", STATUS, ids=lambda one: one.name)
@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (RUN, "typer"),
        (RUN, "duckdb"),
        (RUN, "_duckdb"),
        (RUN, "pydantic"),
        (("status",), "senr_duck.ledger"),
        (("views",), "rich.console"),
        (("--version",), "senr_duck.cli"),
    ],
)
def test_a_signal_during_the_imports_ends_the_command_without_a_traceback(
    number: signal.Signals, arguments: tuple[str, ...], name: str, workspace: Path
) -> None:
    program = IN_AN_IMPORT.format(name=name, signal=number.name, arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=workspace, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (STATUS[number], b"", b"")
    assert list_left(workspace) == set()


# Each sends itself a signal when the function begins, or when it has ended.
AT = """
import os, signal
import senr_duck.{module} as module
original = module.{function}
def interrupting(*given, **named):
    {first}
    os.kill(os.getpid(), signal.SIGTERM)
    {then}
module.{function} = interrupting
"""
BEFORE = {"first": "pass", "then": "return original(*given, **named)"}
AFTER = {"first": "result = original(*given, **named)", "then": "return result"}


@pytest.mark.parametrize(
    ("function", "when"),
    [
        ("prepare_run", BEFORE),
        ("prepare_run", AFTER),
        ("publish_folder", AFTER),
        ("settle_ledger", AFTER),
        ("publish_database", AFTER),
        ("remove_stopped", AFTER),
    ],
)
def test_a_signal_while_a_run_is_published_does_not_stop_it(
    function: str, when: dict[str, str], workspace: Path
) -> None:
    before = AT.format(module="run.job", function=function, **when)
    done = senr_duck(workspace, *RUN, before=before)
    assert (done.returncode, "zip:" in done.stdout) == (0, True)
    assert {path for path in list_left(workspace) if path.startswith(".")} == set()


def test_a_signal_before_a_run_is_published_stops_it(workspace: Path) -> None:
    before = AT.format(module="run.job", function="check_published", **BEFORE)
    started = AT.format(module="run.job", function="_describe", **AFTER)
    assert senr_duck(workspace, *RUN, before=before).returncode == 0
    assert senr_duck(workspace, *RUN, before=started).returncode == 143


def test_a_signal_after_a_posting_is_recorded_leaves_its_status(workspace_with_run: Path) -> None:
    run_id = next(workspace_with_run.glob("out/2*")).name
    before = AT.format(module="ledger", function="mark_posted", **AFTER)
    stopped = senr_duck(workspace_with_run, "posted", run_id, "--on", AS_OF[1], before=before)
    assert stopped.returncode == 143
    assert "posted" not in senr_duck(workspace_with_run, "status").stdout
    before = AT.format(module="ledger.store", function="explain_open_file", **BEFORE)
    done = senr_duck(workspace_with_run, "posted", run_id, "--on", AS_OF[1], before=before)
    assert done.returncode == 0
    assert "posted" in senr_duck(workspace_with_run, "status").stdout
