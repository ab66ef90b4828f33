"""The command line: options in, one function called, errors printed."""

import os
import sys
import threading
from typing import TYPE_CHECKING

from senr_duck.cli import (  # noqa: F401 - each adds its commands to the app
    compare,
    cycle,
    draft,
    extract,
    ledger,
    published,
    reconcile,
    report,
    rules,
    try_out,
    work_lists,
)
from senr_duck.cli.app import app
from senr_duck.cli.output import ReaderGone, close_output, open_streams
from senr_duck.errors import BUG_STATUS, SenrError
from senr_duck.files.signals import catch_signals, find_interruption, ignore_signals

if TYPE_CHECKING:
    from senr_duck.cli.messages import Messages

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit with its status.

    A SenrError is printed. Any other error is a bug, and its traceback is printed without values.
    Only the owner can read the files that are written, DuckDB's own files included.
    """
    os.umask(0o077)
    catch_signals()
    open_streams()
    threading.excepthook = lambda thrown: _report_bug(thrown.exc_value)
    status = _run_app()
    ignore_signals()
    sys.exit(status)


def _run_app() -> int:
    """Return the exit status, whatever ends the command."""
    failure: BaseException | None = None
    status = 0
    try:
        # the same name for `python -m senr_duck`, and without .exe
        status = int(app(prog_name="senr-duck", standalone_mode=False) or 0)
        if lost := close_output():
            _open_messages().notice(lost)
    except BaseException as error:
        failure = error
    # whatever a command raises at a signal, such as an error of DuckDB, is not its own fault
    if (interrupted := find_interruption()) is not None:
        _open_messages().interrupted(interrupted)
        return interrupted
    return status if failure is None else _report_failure(failure)


def _report_failure(error: BaseException) -> int:
    """Print why a command has failed, and return its exit status."""
    if isinstance(error, SystemExit):  # of help for a shell, or at a signal after all was done
        return int(error.code or 0)
    if isinstance(error, ReaderGone):
        return 0
    if isinstance(error, SenrError):
        _open_messages().error(error)
        return error.exit_status
    if hasattr(error, "format_message"):  # typer's, whose class has no public name
        _open_messages().usage_error(error)
        return 2
    _report_bug(error)
    return BUG_STATUS


def _is_log_json() -> bool:
    """Look for the option by hand, because a wrong command line is reported as JSON too."""
    return "--log-json" in sys.argv[1:]


def _open_messages() -> "Messages":
    from senr_duck.cli.messages import choose_messages

    return choose_messages(_is_log_json())


def _report_bug(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        _open_messages().bug(error)
