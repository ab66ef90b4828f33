"""Read from standard input what must not be in the shell's history or the list of processes."""

import sys

from senr_duck.errors import InputError

_MARK = "-"


def read_arguments(given: list[str], expected: str) -> list[str]:
    """Return the arguments of a command; ``-`` stands for the lines of standard input.

    Blank lines are passed over. Raises InputError for bytes that are not UTF-8, and if nothing is
    left; ``expected`` is what each line has.
    """
    return [one for text in given for one in (_read_lines(expected) if text == _MARK else [text])]


def _read_lines(expected: str) -> list[str]:
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            f"standard input: found bytes that are not UTF-8, expected {expected}",
            "save the text again in UTF-8",
        ) from None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise InputError(
            f"standard input: found nothing, expected {expected}",
            "write it into the pipe, or into the file that is read",
        )
    return lines
