"""Run the command line, count the lines of the program that are reached, die at one of them.

``python -m tests.killed_run N ARGUMENTS``: at the N-th line the process kills itself as the system
would, with nothing cleaned up. N = 0 runs to the end; the file ``lines.json`` then lists the
module of every line reached, in order.
"""

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import senr_duck

HOME = Path(senr_duck.__file__).parent


def main() -> None:
    last, arguments = int(sys.argv[1]), sys.argv[2:]
    reached: list[str] = []

    def on_line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            reached.append(Path(frame.f_code.co_filename).relative_to(HOME).as_posix())
            if len(reached) == last:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    watched = ("run.py", "workspace.py", "lock.py", "export.py", "exceptions.py", "load.py")

    def on_call(frame: FrameType, event: str, _: Any) -> Any:
        path = Path(frame.f_code.co_filename)
        if not path.is_relative_to(HOME):
            return None
        inside = path.relative_to(HOME).as_posix()
        return on_line if inside in watched or inside.startswith("ledger/") else None

    from senr_duck.cli import main as run_command

    sys.argv = ["senr-duck", *arguments]
    sys.settrace(on_call)
    try:
        run_command()
    finally:
        sys.settrace(None)
        if last == 0:
            Path("lines.json").write_text(json.dumps(reached), encoding="utf-8")


if __name__ == "__main__":
    main()
