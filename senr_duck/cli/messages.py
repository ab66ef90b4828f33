"""Tell what a command is doing: to a person at a terminal, or to a log as lines of JSON."""

import json
import logging
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, Self

from senr_duck.errors import BUG_STATUS, INTERRUPTED_STATUS, SenrError
from senr_duck.privacy.traceback_text import describe_bug, format_bug

if TYPE_CHECKING:
    from rich.status import Status

    from senr_duck.run.result import RunResult


class Messages(Protocol):
    """What can be told on standard error; as a context it takes the progress line away at its end.

    Nothing of it holds a student's name, birth date or SSID.
    """

    def __enter__(self) -> Self:
        """Return itself."""

    def __exit__(self, *_: object) -> None:
        """Take the progress line away, if one is shown."""

    def step(self, text: str) -> None:
        """Tell what is being done from now on."""

    def notice(self, text: str) -> None:
        """Tell what the user should know of a run that goes on."""

    def finished(self, result: "RunResult") -> None:
        """Tell that the run is done, and published."""

    def error(self, error: SenrError) -> None:
        """Tell what stopped the command, and what to do."""

    def usage_error(self, text: str) -> None:
        """Tell what is wrong with the command line."""

    def bug(self, error: BaseException) -> None:
        """Tell of an error that is not meant for the user, with its traceback."""

    def interrupted(self) -> None:
        """Tell that Ctrl-C ended the command."""


class TerminalMessages:
    """Plain text; the step at hand is shown on a terminal alone. Quiet, only errors are told."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._status: Status | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None

    def step(self, text: str) -> None:
        """Show the step until the next one."""
        if self._quiet or not sys.stderr.isatty():
            return
        if self._status is None:
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False).status(text)
            self._status.start()
        # with a spinner named the line is drawn at once; a short step would not be seen otherwise
        self._status.update(text, spinner="dots")

    def notice(self, text: str) -> None:
        """Print the notice as one line."""
        if not self._quiet:
            _print(f"notice: {text}")

    def finished(self, result: "RunResult") -> None:
        """Print nothing: the summary on standard output tells it."""

    def error(self, error: SenrError) -> None:
        """Print message and hint."""
        _print(f"error: {error}\n\nhint: {error.hint}")

    def usage_error(self, text: str) -> None:
        """Print the message."""
        _print(f"error: {text}")

    def bug(self, error: BaseException) -> None:
        """Print the traceback."""
        print(format_bug(error), end="", file=sys.stderr)

    def interrupted(self) -> None:
        """Print nothing: the person knows."""


class JsonMessages:
    """One JSON object a line: ``time`` (ISO 8601 with offset), ``level``, ``event``, its fields.

    Quiet, there are no steps and no notices.
    """

    def __init__(self, quiet: bool = False) -> None:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_JsonLine())
        # not one of getLogger: nothing else may write to it or change it
        self._logger = logging.Logger("senr_duck")
        self._logger.addHandler(handler)
        self._quiet = quiet

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def step(self, text: str) -> None:
        """Write the event ``step``."""
        if not self._quiet:
            self._write(logging.INFO, "step", step=text)

    def notice(self, text: str) -> None:
        """Write the event ``notice``."""
        if not self._quiet:
            self._write(logging.WARNING, "notice", notice=text)

    def finished(self, result: "RunResult") -> None:
        """Write the event ``finished``: what there is to upload, and how long the run took."""
        self._write(
            logging.INFO,
            "finished",
            run_id=result.run_id,
            files=[{"name": name, "records": file.records} for name, file in result.named_files],
            records=sum(file.records for file in result.files),
            held_students=result.held_students,
            seconds=round(result.seconds, 3),
        )

    def error(self, error: SenrError) -> None:
        """Write the event ``error`` with message, hint and exit status."""
        self._write(
            logging.ERROR,
            "error",
            message=str(error),
            hint=error.hint,
            exit_status=error.exit_status,
        )

    def usage_error(self, text: str) -> None:
        """Write the event ``error``, for want of another hint with the one at ``--help``."""
        self.error(SenrError(text, "`senr-duck run --help` lists the options"))

    def bug(self, error: BaseException) -> None:
        """Write the event ``bug`` with type, message and traceback, values withheld."""
        self._write(
            logging.CRITICAL,
            "bug",
            message=describe_bug(error),
            traceback=format_bug(error),
            exit_status=BUG_STATUS,
        )

    def interrupted(self) -> None:
        """Write the event ``interrupted``."""
        self._write(logging.ERROR, "interrupted", exit_status=INTERRUPTED_STATUS)

    def _write(self, level: int, event: str, **fields: Any) -> None:
        self._logger.log(level, event, extra={"fields": fields})


class _JsonLine(logging.Formatter):
    """Formats a record of JsonMessages; what is not ASCII is escaped, so that a line is a line."""

    def format(self, record: logging.LogRecord) -> str:
        told_at = datetime.fromtimestamp(record.created).astimezone()
        return json.dumps(
            {
                "time": told_at.isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(),
                "event": record.getMessage(),
                **record.__dict__["fields"],
            }
        )


def choose_messages(log_json: bool, quiet: bool = False) -> Messages:
    """Return the way of telling that the option ``--log-json`` asks for."""
    return JsonMessages(quiet) if log_json else TerminalMessages(quiet)


def _print(text: str) -> None:
    print(text, file=sys.stderr)
