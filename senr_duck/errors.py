"""The errors that are written for the user to read."""

from collections.abc import Sequence
from pathlib import Path

BUG_STATUS = 2  # not Python's own 1, which says that a guard stopped the run


class SenrError(Exception):
    """An error that the user can fix. The command line prints it without a traceback.

    ``str(error)`` names the place, what was found, and what was expected, but never a student's
    name or birth date; ``hint`` says what to do.
    """

    exit_status = 2

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class InputError(SenrError):
    """The run cannot start: wrong usage, a wrong or unreadable input, a broken configuration."""


class DataStop(SenrError):
    """A guard or the data stopped the run; nothing was published.

    ``messages`` are what was found, one each; ``left`` is the folder in which the run left what it
    had found so far, or None.
    """

    exit_status = 1

    def __init__(self, message: str, hint: str, messages: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.messages = tuple(messages) or (message,)
        self.left: Path | None = None


class WorkspaceBusy(SenrError):
    """Another run is using the workspace."""

    exit_status = 75
