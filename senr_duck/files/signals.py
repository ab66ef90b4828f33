"""End at a signal as at Ctrl-C: what a command was writing is removed, and its status says why."""

import os
import signal
from types import FrameType

# Windows has no SIGHUP.
_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class _Command:
    """What the handler of the signals must know about the command that this process runs."""

    must_clean_up = False
    is_publishing = False
    own_status: int | None = None  # of what is done
    received: int | None = None  # the first signal
    times = 0  # that a signal was received


_command = _Command()


def catch_signals() -> None:
    """Let Ctrl-C, SIGTERM, and SIGHUP end this process at once, with a status such as 130.

    A signal that this process was started to ignore, as by ``nohup``, remains ignored.
    """
    for number in _ENDING:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)


def clean_up_at_signals() -> None:
    """Let a signal raise KeyboardInterrupt in the main thread: there is something to remove."""
    _command.must_clean_up = True


def hold_signals() -> None:
    """Pass over all signals until ``keep_status``: what the command publishes must be whole."""
    _command.is_publishing = True


def keep_status(status: int) -> None:
    """Let a later signal end the command with this status: what it was for is done."""
    _command.own_status = status


def ignore_signals() -> None:
    """Ignore all signals while Python ends, because it would print a traceback."""
    for number in _ENDING:
        if signal.getsignal(number) is _end:
            signal.signal(number, signal.SIG_IGN)


def find_interruption() -> int | None:
    """Return the exit status of a command that a signal has ended, such as 130; None without one.

    Whatever else such a command raises is a consequence of the signal.
    """
    return None if _command.received is None else 128 + _command.received


def _end(number: int, _: FrameType | None) -> None:
    if _command.own_status is not None:
        raise SystemExit(_command.own_status)
    if _command.is_publishing:
        return
    if not _command.must_clean_up:
        # no exception: while DuckDB is imported, it would abort the process
        os._exit(128 + number)
    _command.times += 1
    if _command.received is None:
        _command.received = number
    # `timeout` and a terminal that closes send a signal twice: the second one must not stop the
    # cleaning up; a third one is a person who insists
    if _command.times != 2:
        raise KeyboardInterrupt
