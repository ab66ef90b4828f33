"""The command line: options in, one function called, errors printed."""

import io
import os
import sys
import threading
from typing import TYPE_CHECKING

from senr_duck.cli import (  # noqa: F401 - each adds its commands to the app
    draft,
    ledger,
    published,
    reconcile,
    rules,
    try_out,
)
from senr_duck.cli.app import app
from senr_duck.errors import BUG_STATUS, INTERRUPTED_STATUS, SenrError

if TYPE_CHECKING:
    from senr_duck.cli.messages import Messages

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit with its status.

    A SenrError is printed. Any other error is a bug, and its traceback is printed without values.
    Only the owner can read the files that are written, DuckDB's own files included.
    """
    os.umask(0o077)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        # a name that a Windows console or pipe has no character for is shown as \\u…
        sys.stdout.reconfigure(errors="backslashreplace")
    threading.excepthook = lambda thrown: _report_bug(thrown.exc_value)
    sys.exit(_run_app())


def _run_app() -> int:
    """Return the exit status. Without ``--log-json``, typer may end the program itself."""
    try:
        # the same name for `python -m senr_duck`, and without .exe
        status = int(app(prog_name="senr-duck", standalone_mode=not _is_log_json()) or 0)
    except SenrError as error:
        _open_messages().error(error)
        return error.exit_status
    except KeyboardInterrupt:
        status = INTERRUPTED_STATUS
    except Exception as error:
        # DuckDB raises this for Ctrl-C during a statement
        if isinstance(error, RuntimeError) and str(error) == "Query interrupted":
            status = INTERRUPTED_STATUS
        elif hasattr(error, "format_message"):  # typer's, whose class has no public name
            _open_messages().usage_error(error.format_message())
            return 2
        else:
            _report_bug(error)
            return BUG_STATUS
    if status == INTERRUPTED_STATUS:
        _open_messages().interrupted()
    return status


def _is_log_json() -> bool:
    """Look for the option by hand, because a wrong command line is reported as JSON too."""
    return "--log-json" in sys.argv[1:]


def _open_messages() -> "Messages":
    from senr_duck.cli.messages import choose_messages

    return choose_messages(_is_log_json())


def _report_bug(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        _open_messages().bug(error)
