"""Write a bug's traceback so that no student's data stands in it."""

import re
import traceback

# Messages quote values: DuckDB's conversion errors, KeyError, ValueError. A value may itself hold a
# quotation mark, so all between the first and the last of a message is left out.
_MARKS = "[\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb]"
_QUOTED = re.compile(f"{_MARKS}.*{_MARKS}|{_MARKS}.*$")
# SSIDs, local IDs, dates in whatever form; what is left are counts, line numbers, error numbers.
_DIGITS = re.compile(r"\d[\d/.-]{3,}")
_WITHHELD = "(withheld)"
# DuckDB's, by name, for it is not imported here: the words are those of the query that calls
# something an error, or hold a line of CSV that is wrong.
_FREELY_WORDED = "InvalidInputException"


def format_bug(error: BaseException) -> str:
    """Return the traceback as Python prints it, causes first, but for what messages may quote.

    Frames and types are whole; no locals. Of each message the first line is given, quoted text and
    long digit runs withheld.
    """
    return "".join(_format_chain(error, set()))


def describe_bug(error: BaseException) -> str:
    """Return the error's type and its message, quoted text and long digit runs withheld."""
    kind = type(error)
    place = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    message = withhold_values(str(error))
    if kind.__name__ == _FREELY_WORDED:
        message = _WITHHELD
    return f"{place}{kind.__qualname__}{': ' if message else ''}{message}"


def withhold_values(message: str) -> str:
    """Return a message's first line without quoted text and long digit runs."""
    first_line, line_break, _ = message.partition("\n")
    kept = _DIGITS.sub(_WITHHELD, _QUOTED.sub(_WITHHELD, first_line))
    return f"{kept} {_WITHHELD}" if line_break else kept


def _format_chain(error: BaseException, seen: set[int]) -> list[str]:
    """Return the lines of an error and of those behind it, each once."""
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
