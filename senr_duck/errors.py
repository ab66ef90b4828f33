"""The one family of errors that a user is meant to read."""

BUG_STATUS = 2  # not Python's own 1, which says that a guard stopped the run
INTERRUPTED_STATUS = 130


class SenrError(Exception):
    """Something the user can mend; caught once, in the command line, and printed without traceback.

    ``str(error)`` names the place, what was found and what was expected, and never a student's
    name or birth date; ``hint`` says what to do.
    """

    exit_status = 2

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class InputError(SenrError):
    """The run cannot start: usage, an unreadable or wrong input, a broken configuration."""


class DataStop(SenrError):
    """A guard or the data stopped the run; nothing was published."""

    exit_status = 1


class WorkspaceBusy(SenrError):
    """Another run holds the workspace."""

    exit_status = 75
