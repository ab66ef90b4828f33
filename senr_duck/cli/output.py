"""What a command prints on standard output, and what happens if it cannot be written."""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from senr_duck.errors import SenrError
from senr_duck.files.signals import keep_status
from senr_duck.privacy.shown_value import escape_text

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from rich.console import Console

# The reader of a pipe has seen enough. On Windows, the error is EINVAL.
_READER_GONE = (errno.EPIPE, errno.ECONNRESET, *([errno.EINVAL] if os.name == "nt" else []))


class ReaderGone(Exception):
    """Nobody reads what a command prints any more."""


class _Output(io.RawIOBase):
    """Bytes to a standard stream; what cannot be written is dropped, and so is all after it.

    With ``is_needed``, the first failure raises ReaderGone, or SenrError with what to do. ``fault``
    is the system's error.
    """

    def __init__(self, raw: io.RawIOBase, is_needed: bool) -> None:
        self._raw = raw
        self.is_needed = is_needed
        self.fault: OSError | None = None

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._raw.isatty()

    def fileno(self) -> int:
        return self._raw.fileno()

    def write(self, data: "ReadableBuffer", /) -> int | None:
        if self.fault is None:
            try:
                return self._raw.write(data)
            except OSError as error:
                self.fault = error
                if self.is_needed:
                    self._refuse(error)
        return memoryview(data).nbytes

    def _refuse(self, error: OSError) -> None:
        if error.errno in _READER_GONE:
            raise ReaderGone from None
        raise SenrError(
            f"cannot write to standard output: {error.strerror}",
            "free up disk space, or write to another place",
        ) from error


_opened: list[_Output] = []  # standard output, once it is opened
_done: list[str] = []


def open_streams() -> None:
    """Prepare the standard streams for what users and systems do with them.

    A stream that is closed reads and writes nothing, and no file that is opened later takes its
    number. A character that the encoding lacks is written as an escape. Whatever cannot be written
    to standard error is dropped: what a command does is worth more than its log.
    """
    for number, access in enumerate((os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, access)  # gets the lowest number that is free: this one
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - until Python ends
    sys.stdout, output = _wrap(sys.stdout, is_needed=True)
    _opened[:] = [output] if output else []
    sys.stderr, _ = _wrap(sys.stderr, is_needed=False)


def _wrap(stream: TextIO | None, is_needed: bool) -> tuple[TextIO, _Output | None]:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8"), None  # noqa: PTH123 - until Python ends
    if not isinstance(stream, io.TextIOWrapper):
        return stream, None  # a test's
    buffer: Any = stream.buffer
    output = _Output(getattr(buffer, "raw", buffer), is_needed)  # Python -u has no other buffer
    wrapped = io.TextIOWrapper(
        io.BufferedWriter(output),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering or not is_needed,  # a log is written at once
        write_through=stream.write_through,
    )
    return wrapped, output


def finish(status: int, what: str) -> None:
    """Keep the exit status of what is done, whatever happens to what is printed about it.

    ``what`` is a sentence that says what is done to a user who does not see the rest.
    """
    keep_status(status)
    _done.append(what)
    for output in _opened:
        output.is_needed = False


def close_output() -> str | None:
    """Write what is still to be written; return a message if a disk had no room for all of it.

    Raises as printing does.
    """
    sys.stdout.flush()
    fault = _opened[0].fault if _opened else None
    if not _done or fault is None or fault.errno in _READER_GONE:
        return None
    return f"standard output could not be written ({fault.strerror}): {_done[-1]}"


def say(text: object) -> None:
    """Print text on standard output, with escapes instead of what a terminal would obey."""
    print(escape_text(text), flush=True)


def open_console() -> "Console":
    """Return a console for standard output that shows escapes for what a terminal would obey.

    It takes text as it is: no markup, no emoji codes, no colors but those that a style names.
    """
    from rich.console import Console

    from senr_duck.cli.escaping import EscapingHook

    console = Console(markup=False, emoji=False, highlight=False)
    console.push_render_hook(EscapingHook())
    return console
