"""Run the command line as a scheduled job does: arguments in, exit status and output back."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.places import ROOT, SAMPLE

NOT_CONFIGURED = (
    "notice: no senr.toml: the defaults are used; `senr-duck init` writes one from the extracts\n"
)
AS_OF = ("--as-of", "2026-03-02", "--allow-other-year")
RUN = ("run", "--ods", "ods.txt", "--sis", "sis.txt", *AS_OF)
RUN_SAMPLE = (
    *("run", "--ods", str(SAMPLE / "ods.txt"), "--sis", str(SAMPLE / "sis.csv")),
    *("--config", str(SAMPLE / "senr.toml"), "--as-of", "2026-10-30", "--allow-other-year"),
)

# The folder in which the processes of a session remember views; without it, they don't.
REMEMBERED = "SENR_DUCK_REMEMBERED"

_PLAIN = {"COLUMNS": "100", "NO_COLOR": "1"}


@dataclass(frozen=True)
class Call:
    """A command to run in a folder, and what should happen to it.

    ``before`` is Python to run first. ``environment`` is added to the variables of the tests,
    ``umask`` replaces theirs. Lines are those of the watched modules that the main thread reaches,
    counted from 1. At ``kill_at_line`` the command kills itself. ``kill_at_size`` is the size of a
    file, in bytes, beyond which the system kills the command when it writes, in DuckDB too.
    ``fail_at_size`` is one beyond which every write fails, as on a full disk.
    ``states`` is a folder to which the command's folder is copied, under the line's number,
    whenever it differs from earlier lines; the command pauses for that. A run takes its views from
    ``remembered.py``, unless it is to be stopped or watched in one of these ways, or must prove
    without ``remembers`` that it works them out.
    """

    folder: str
    arguments: tuple[str, ...]
    stdin: str = ""
    before: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    umask: int | None = None
    kill_at_line: int | None = None
    kill_at_size: int | None = None
    fail_at_size: int | None = None
    states: str | None = None
    remembers: bool = True

    @property
    def is_hindered(self) -> bool:
        """Whether the command is killed, watched, or has no room on the disk."""
        given = (self.kill_at_line, self.kill_at_size, self.fail_at_size, self.states)
        return any(one is not None for one in given)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status, or minus the signal that killed it.

    ``lines`` are the modules of its lines, in order, if ``states`` was set.
    """

    returncode: int
    stdout: str
    stderr: str
    lines: tuple[str, ...]


def run(folder: Path, *options: str, **what: Any) -> Ended:
    """Reconcile the folder's ods.txt and sis.txt; ``what`` are other fields of Call."""
    return senr_duck(folder, *RUN, *options, **what)


def run_sample(folder: Path, *options: str) -> Ended:
    """Reconcile the committed sample in a folder."""
    return senr_duck(folder, *RUN_SAMPLE, *options)


def senr_duck(folder: Path, *arguments: str, **what: Any) -> Ended:
    """Run a command in a folder; ``what`` are other fields of Call.

    The process is forked from one that has imported the program, because importing takes as long as
    most commands do. Where there is no fork, it is started.
    """
    call = Call(str(folder.absolute()), arguments, **what)
    if not hasattr(os, "fork"):
        return start(call)
    forking = _start_forking()
    assert forking.stdin is not None
    assert forking.stdout is not None
    forking.stdin.write(json.dumps(asdict(call)) + "\n")
    forking.stdin.flush()
    answer = json.loads(forking.stdout.readline())
    return Ended(**{**answer, "lines": tuple(answer["lines"])})


def start(call: Call) -> Ended:
    """Run a command in a new Python, on any system; it cannot be killed, watched, or given a umask.

    Raises ValueError for a call that wants one of these.
    """
    if call.is_hindered or call.umask is not None:
        raise ValueError(f"this needs a system with fork: {call}")
    program = (
        "import sys; given, sys.argv = sys.argv[1], ['senr-duck', *sys.argv[2:]]; exec(given, {});"
        "from senr_duck.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, call.before, *call.arguments],
        cwd=call.folder,
        env={
            **os.environ,
            **_PLAIN,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            **call.environment,
        },
        input=call.stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr, ())


def write_command(*arguments: str) -> list[str]:
    """Return what to execute for a command in a Python of its own: the installed program.

    A run or a check gets another start, with which it remembers views as under ``senr_duck``; it
    needs ``own_environment``.
    """
    if arguments[0] in ("run", "check"):
        return [sys.executable, "-m", "tests.support.remembered", *arguments]
    return [str(Path(sys.executable).with_name("senr-duck")), *arguments]


def own_environment() -> dict[str, str]:
    """Return the variables that a command of ``write_command`` needs."""
    return {"PYTHONPATH": str(ROOT), REMEMBERED: os.environ[REMEMBERED]}


def run_json(folder: Path, *options: str) -> dict[str, Any]:
    """Reconcile the folder's extracts; return the object that is printed."""
    done = run(folder, "--json", "--quiet", *options)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert isinstance(summary, dict)
    return summary


def tell(folder: Path, *arguments: str) -> str:
    """Run a command that must succeed; return what it prints."""
    done = senr_duck(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def counts(summary: dict[str, Any]) -> dict[str, int]:
    """Return the records of each file of a summary."""
    return {file["name"]: file["records"] for file in summary["files"]}


@cache
def _start_forking() -> "subprocess.Popen[str]":
    forking = subprocess.Popen(
        [sys.executable, "-m", "tests.support.forked"],
        cwd=ROOT,
        env={**os.environ, **_PLAIN},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    atexit.register(forking.communicate)
    return forking
