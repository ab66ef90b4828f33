"""Format a bug's traceback without any student data."""

import re
import traceback

# Messages quote values: DuckDB's conversion errors, KeyError, ValueError. A value may contain a
# quotation mark itself, so everything between the first and the last one in a message is left out.
_MARKS = "[\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb]"
_QUOTED = re.compile(f"{_MARKS}.*{_MARKS}|{_MARKS}.*$")
# SSIDs, local IDs, and dates in any form; counts, line numbers, and error numbers remain.
_DIGITS = re.compile(r"\d[\d/.-]{3,}")
_WITHHELD = "(withheld)"
# An exception of DuckDB, by name because DuckDB is not imported here. Its message may be any text:
# that of a query that calls error(), or a wrong line of a CSV file.
_FREELY_WORDED = "InvalidInputException"


def format_bug(error: BaseException) -> str:
    """Return the traceback as Python prints it, causes first, without values in messages.

    Frames and types are complete; there are no locals. Of each message, only the first line is
    shown, without quoted text and long runs of digits.
    """
    return "".join(_format_chain(error, set()))


def describe_bug(error: BaseException) -> str:
    """Return the error's type and message, without quoted text and long runs of digits."""
    kind = type(error)
    place = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    message = withhold_values(str(error))
    if kind.__name__ == _FREELY_WORDED:
        message = _WITHHELD
    return f"{place}{kind.__qualname__}{': ' if message else ''}{message}"


def withhold_values(message: str) -> str:
    """Return a message's first line without quoted text and long runs of digits."""
    first_line, line_break, _ = message.partition("\n")
    kept = _DIGITS.sub(_WITHHELD, _QUOTED.sub(_WITHHELD, first_line))
    return f"{kept} {_WITHHELD}" if line_break else kept


def _format_chain(error: BaseException, seen: set[int]) -> list[str]:
    """Return the lines of an error and of its causes, each once."""
    seen.add(id(error))
    parts = []
    behind, link = error.__cause__, "The above exception was the direct cause of the following one:"
    if behind is None and not error.__suppress_context__:
        behind, link = error.__context__, "During its handling another exception occurred:"
    if behind is not None and id(behind) not in seen:
        parts += [*_format_chain(behind, seen), f"\n{link}\n\n"]
    if error.__traceback__ is not None:
        parts.append("Traceback (most recent call last):\n")
        parts += traceback.format_list(traceback.extract_tb(error.__traceback__))
    parts.append(f"{describe_bug(error)}\n")
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            if id(one) not in seen:
                parts += ["\nOne of the group:\n\n", *_format_chain(one, seen)]
    return parts
