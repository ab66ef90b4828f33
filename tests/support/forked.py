"""A process that has imported the command line and forks for every command that it runs.

``python -m tests.support.forked`` reads a Call from each line of its standard input and answers
with the result. It never opens DuckDB itself, so it has no threads when it forks.
"""

import importlib
import json
import os
import pkgutil
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from types import CodeType, FrameType
from typing import IO, Any, NoReturn

import senr_duck
from tests.support.command_line import Call, Ended
from tests.support.remembered import remember

HOME = Path(senr_duck.__file__).parent
WATCHED = (
    *("run/job.py", "run/reconcile.py", "files/workspace", "files/own_folder.py"),
    *("export/archive.py", "export/exceptions.py", "load/extract.py", "ledger/"),
    *("report/__init__.py", "simulate/files.py", "sample/generate.py", "draft/write.py"),
)
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
    with ExitStack() as opened:
        files = [
            opened.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in range(3)
        ]
        given, output, errors = files
        given.write(call.stdin)
        given.seek(0)
        here, there = (opened.enter_context(end) for end in socket.socketpair())
        child = os.fork()
        if not child:
            here.close()
            _become(call, files, there)
        there.close()
        lines = _keep_states(child, call, here)
        _, status = os.waitpid(child, 0)
        for file in (output, errors):
            file.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), output.read(), errors.read(), lines)


def _keep_states(child: int, call: Call, told: socket.socket) -> tuple[str, ...]:
    """Let the child continue from line to line, if it reports them; return their modules.

    While a state is copied, all threads of the child are paused.
    """
    seen: set[object] = set()
    lines: list[str] = []
    for line in told.makefile(encoding="utf-8"):
        lines.append(line.strip())
        state = _describe(Path(call.folder))
        if state not in seen:
            seen.add(state)
            os.kill(child, signal.SIGSTOP)
            os.waitpid(child, os.WUNTRACED)
            shutil.copytree(call.folder, Path(call.states or "") / str(len(lines)))
            os.kill(child, signal.SIGCONT)
        told.send(b"!")
    return tuple(lines)


def _describe(folder: Path) -> object:
    """Return what distinguishes one state of a folder from another.

    In a hidden folder only the names count, because a run works in it and the next run removes it
    unread.
    """
    described = []
    for place, _, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        described.append((str(inside), None))
        for name in names:
            is_read = not any(part.startswith(".") for part in (*inside.parts, name))
            found = Path(place, name).stat() if is_read else None
            content = (found.st_ino, found.st_size, found.st_mtime_ns) if found else None
            described.append((str(inside / name), content))
    return frozenset(described)


def _become(call: Call, files: list[IO[str]], told: socket.socket) -> NoReturn:
    """Become the command; the forked process never returns."""
    status = 70
    try:
        os.chdir(call.folder)
        for number, file in enumerate(files):
            os.dup2(file.fileno(), number)
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - the old one may have read ahead
        sys.argv = ["senr-duck", *call.arguments]
        os.environ.update(call.environment)
        tempfile.tempdir = None  # so that it is asked for again
        if call.umask is not None:
            os.umask(call.umask)
        if call.fail_at_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (call.fail_at_size, call.fail_at_size))
        if call.kill_at_size is not None:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (call.kill_at_size, call.kill_at_size))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        if call.kill_at_line is not None:
            _watch(lambda _, number: _die() if number == call.kill_at_line else None)
        if call.states is not None:
            _watch(lambda module, _: _tell(told, module))
        if call.remembers and not call.is_hindered:
            remember()
        exec(call.before, {})  # noqa: S102 - the test's own
        importlib.import_module("senr_duck.cli").main()
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.settrace(None)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def _tell(told: socket.socket, module: str) -> None:
    told.sendall(module.encode() + b"\n")
    if not told.recv(1):  # the parent has ended
        os._exit(70)


def _watch(at_line: Callable[[str, int], None]) -> None:
    """Call back with module and number of each line of watched modules that this thread reaches."""
    watched: dict[CodeType, str] = {}
    reached = 0

    def on_line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal reached
        if event == "line":
            reached += 1
            at_line(watched[frame.f_code], reached)
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
