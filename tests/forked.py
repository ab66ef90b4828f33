"""A process that has imported the command line, and forks for every command that it runs.

``python -m tests.forked`` reads a Call from each line of its standard input and answers with what
became of it. It never opens DuckDB itself, so it has no thread when it forks.
"""

import importlib
import json
import os
import pkgutil
import resource
import shutil
import signal
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from types import CodeType, FrameType
from typing import IO, Any, NoReturn

import senr_duck
from tests.command_line import Call, Ended

HOME = Path(senr_duck.__file__).parent
WATCHED = ("run.py", "workspace.py", "lock.py", "export.py", "exceptions.py", "load.py", "ledger/")
# imported by functions of the program, not by its modules
IMPORTED_LATE = ("duckdb", "filelock", "jinja2", "rich.console", "rich.progress", "rich.table")


def _serve() -> None:
    for module in pkgutil.walk_packages(senr_duck.__path__, "senr_duck."):
        importlib.import_module(module.name)
    for name in IMPORTED_LATE:
        importlib.import_module(name)
    for line in sys.stdin:
        print(json.dumps(asdict(_answer(Call(**json.loads(line))))), flush=True)


def _answer(call: Call) -> Ended:
    assert threading.active_count() == 1, "a forked process would lack the other threads"
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as output,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as errors,
        tempfile.TemporaryFile("w+", encoding="utf-8") as lines,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as given,
    ):
        given.write(call.stdin)
        given.seek(0)
        child = os.fork()
        if not child:
            _become(call, given, output, errors, lines)
        status = _wait(child, call)
        for file in (output, errors, lines):
            file.seek(0)
        return Ended(status, output.read(), errors.read(), tuple(lines.read().splitlines()))


def _wait(child: int, call: Call) -> int:
    """Return how the child ended; keep each new state of the folder when it is stopped."""
    seen: set[object] = set()
    stops = 0
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        stops += 1
        state = _describe(Path(call.folder))
        if state not in seen:
            seen.add(state)
            shutil.copytree(call.folder, Path(call.states or "") / str(stops))
        os.kill(child, signal.SIGCONT)


def _describe(folder: Path) -> object:
    """Return what tells one state of a folder from another.

    Of what stands in a hidden folder only the names count: that is what a run works in, and what
    the next one removes unread.
    """
    described = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        found = path.stat()
        is_hidden = any(part.startswith(".") for part in inside.parts)
        is_read = path.is_file() and not is_hidden
        content = (found.st_ino, found.st_size, found.st_mtime_ns) if is_read else None
        described.append((str(inside), content))
    return tuple(sorted(described))


def _become(call: Call, *files: IO[str]) -> NoReturn:
    """Be the command from here on; the forked process never comes back."""
    given, output, errors, lines = files
    status = 70
    try:
        os.chdir(call.folder)
        for number, file in enumerate((given, output, errors)):
            os.dup2(file.fileno(), number)
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - what was read of the old one is not its own
        sys.argv = ["senr-duck", *call.arguments]
        if call.kill_at_size is not None:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (call.kill_at_size, call.kill_at_size))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        if call.kill_at_line or call.states:
            _watch(call.kill_at_line, lines)
        importlib.import_module("senr_duck.cli").main()
    except SystemExit as end:
        sys.settrace(None)
        status = int(end.code or 0)
    finally:
        for stream in (sys.stdout, sys.stderr, lines):
            stream.flush()
        os._exit(status)


def _watch(last: int | None, lines: IO[str]) -> None:
    """Count the lines that this thread reaches; die at the last one, or else stop at each."""
    watched: dict[CodeType, str] = {}
    reached = 0

    def on_line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal reached
        if event == "line":
            reached += 1
            if last is None:
                lines.write(watched[frame.f_code] + "\n")
                os.kill(os.getpid(), signal.SIGSTOP)
            elif reached == last:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    def on_call(frame: FrameType, _: str, __: Any) -> Any:
        code = frame.f_code
        if code not in watched:
            path = Path(code.co_filename)
            inside = path.relative_to(HOME).as_posix() if path.is_relative_to(HOME) else ""
            watched[code] = inside if inside.startswith(WATCHED) else ""
        return on_line if watched[code] else None

    sys.settrace(on_call)


if __name__ == "__main__":
    _serve()
