"""Print on standard error what a command is doing: for a person, or for a log as lines of JSON."""

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from senr_duck.errors import BUG_STATUS, SenrError
from senr_duck.privacy.shown_value import escape_text
from senr_duck.privacy.traceback_text import describe_bug, format_bug

if TYPE_CHECKING:
    from rich.status import Status

    from senr_duck.run.result import RunResult


class Messages:
    """Prints messages as plain text, or as one JSON object per line.

    An object has ``time`` (ISO 8601 with offset), ``level``, ``event`` and the event's own fields,
    escaped to ASCII. A terminal shows the current step until the next one, or until this context
    ends. With ``quiet``, steps and notices are not printed. No message contains a student's name,
    birth date, or SSID, or anything that a terminal obeys.
    """

    def __init__(self, as_json: bool = False, quiet: bool = False) -> None:
        self._as_json = as_json
        self._quiet = quiet
        self._status: Status | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def step(self, text: str) -> None:
        """Report the step that begins now: on a terminal, or as the event ``step``."""
        if self._as_json and not self._quiet:
            self._print("info", "step", step=text)
        elif not self._quiet and sys.stderr.isatty():
            self._show(text)

    def notice(self, text: str) -> None:
        """Report what the user should know about a run that continues."""
        if not self._quiet:
            self._print("warning", "notice", f"notice: {text}", notice=text)

    def finished(self, result: "RunResult") -> None:
        """Write the event ``finished``; people get the summary on standard output instead."""
        self._print(
            "info",
            "finished",
            run_id=result.run_id,
            files=[{"name": name, "records": file.records} for name, file in result.named_files],
            records=sum(file.records for file in result.files),
            held_students=result.held_students,
            seconds=round(result.seconds, 3),
        )

    def error(self, error: SenrError) -> None:
        """Report what stopped the command, and what to do."""
        self._print_error(error, f"error: {error}\n\nhint: {error.hint}")

    def usage_error(self, error: Any) -> None:
        """Report what is wrong with the command line; the error is typer's."""
        error.message = escape_text(error.message)
        if not self._as_json:
            from typer.rich_utils import rich_format_error

            rich_format_error(error)
            return
        hint = "`senr-duck run --help` lists the options"
        self._print_error(SenrError(error.format_message(), hint), "")

    def bug(self, error: BaseException) -> None:
        """Show the traceback of a bug, without values."""
        text = format_bug(error)
        fields = {"message": describe_bug(error), "traceback": text, "exit_status": BUG_STATUS}
        self._print("critical", "bug", text.removesuffix("\n"), **fields)

    def interrupted(self, status: int) -> None:
        """Write the event ``interrupted``; a person already knows about the Ctrl-C."""
        self._print("error", "interrupted", exit_status=status)

    def _show(self, step: str) -> None:
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False).status(step)
            self._status.start()
        # naming the spinner draws the line at once; otherwise a short step would never be seen
        self._status.update(step, spinner="dots")

    def _print_error(self, error: SenrError, text: str) -> None:
        fields = {"message": str(error), "hint": error.hint, "exit_status": error.exit_status}
        self._print("error", "error", text, **fields)

    def _print(self, level: str, event: str, text: str = "", **fields: Any) -> None:
        """Print the event's fields as JSON, or its text, if any, to a person."""
        if self._as_json:
            time = datetime.now().astimezone().isoformat(timespec="milliseconds")
            text = json.dumps({"time": time, "level": level, "event": event, **fields})
        if text:
            print(escape_text(text), file=sys.stderr, flush=True)


def choose_messages(log_json: bool, quiet: bool = False) -> Messages:
    """Return the messages that the options ``--log-json`` and ``--quiet`` ask for."""
    return Messages(log_json, quiet)
