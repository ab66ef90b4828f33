"""Refuse columns by name: how many of their values cannot be read, and what these look like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from senr_duck.errors import DataStop
from senr_duck.load.column_forms import Column
from senr_duck.privacy.shown_value import escape_controls

if TYPE_CHECKING:
    import duckdb

# In a message: shapes of a column, and characters of a shape.
_MOST_SHAPES = 3
_LONGEST_SHAPE = 40
# Lines of each column that exceptions.csv lists.
_MOST_LINES = 1000

_SCIENTIFIC = r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,2}"
# What a spreadsheet leaves of an SSID is shown only while too few digits are left to know it by.
_SHOWN_AS_IT_IS = r"[0-9](\.[0-9]{1,2})?[Ee]\+?[0-9]{1,2}"
# Codes of schools and districts, and CDS codes, whose county begins with a zero.
_WITHOUT_ZERO = ("9" * 6, "9" * 13)
# What databases and spreadsheets write for a blank.
WORDS_FOR_BLANK = ("NULL", "(NULL)", "<NULL>", "NONE", "N/A", "#N/A", "NAN", "NAT")
_SHAPE = rf"""
    case
        when regexp_full_match(value, '{_SHOWN_AS_IT_IS}') or upper(value) in {WORDS_FOR_BLANK}
            then value
        when regexp_full_match(value, '{_SCIENTIFIC}') then regexp_replace(value, '[0-9]', '9', 'g')
        else regexp_replace(regexp_replace(value, '\pN', '9', 'g'), '\pL', 'A', 'g')
    end
"""


@dataclass(frozen=True)
class RefusedColumn:
    """A column of which too many values cannot be read: ``unreadable`` of ``values``.

    ``query`` selects their lines: the SSID, the local student ID, the school, the start date and
    the LEA as they are written; the value, the file and the line number in it, and whether the form
    of the value is known, but not certain in this column.
    """

    side: str
    column: Column
    unreadable: int
    values: int
    query: str


class UnreadableColumns(DataStop):
    """Columns of an extract cannot be read; nothing was compared.

    ``lines`` are the first lines of each column that cannot be read, as rows of exceptions.csv by
    column. They contain students' data.
    """

    def __init__(self, messages: Sequence[str], hint: str, lines: Sequence[dict[str, Any]]) -> None:
        super().__init__("\n       ".join(messages), hint, messages)
        self.lines = tuple(lines)


def refuse_columns(con: "duckdb.DuckDBPyConnection", refused: Sequence[RefusedColumn]) -> None:
    """Raise UnreadableColumns, with the name of each column and the shapes of its values.

    Shapes of no known form come first: they may be why another form is not certain in a column.
    """
    messages, hints = [], []
    lines: list[dict[str, Any]] = []
    for one in refused:
        shapes = _list_shapes(con, one)
        message = (
            f"{one.side.upper()} extract, {one.column.label}: {one.unreadable:,} of "
            f"{one.values:,} values cannot be read: {_show_shapes(shapes)}; "
            f"expected {one.column.expected}"
        )
        hint = _choose_hint(one, [shape for shape, _ in shapes])
        messages.append(message)
        hints.append(hint)
        lines += _list_lines(con, one, message, hint)
    messages.append("(in these samples, 9 is a digit and A is a letter)")
    raise UnreadableColumns(messages, "\n      ".join(dict.fromkeys(hints)), lines)


def _list_shapes(con: "duckdb.DuckDBPyConnection", refused: RefusedColumn) -> list[tuple[str, int]]:
    """Return the shapes of the values with their numbers."""
    return con.execute(
        f"""
        select {_SHAPE} as shape, count(*) as lines
        from ({refused.query})
        group by shape
        order by bool_and(is_known), lines desc, shape
        """  # noqa: S608 (our own SQL)
    ).fetchall()


def _show_shapes(shapes: Sequence[tuple[str, int]]) -> str:
    shown = [
        f"{shape[:_LONGEST_SHAPE]}{'…' if len(shape) > _LONGEST_SHAPE else ''} ({lines:,})"
        for shape, lines in shapes[:_MOST_SHAPES]
    ]
    more = len(shapes) - len(shown)
    return escape_controls(", ".join([*shown, *([f"and {more:,} other shapes"] if more else [])]))


def _choose_hint(refused: RefusedColumn, shapes: Sequence[str]) -> str:
    """Return what to do about a column; shapes show what has damaged it."""
    column = refused.column
    if any(re.fullmatch(_SCIENTIFIC, shape) for shape in shapes):
        cause = f"{column.name} is in scientific notation: a spreadsheet has dropped its digits"
        if refused.side == "ods":
            return f"{cause}; download the ODS extract again, and do not save it in a spreadsheet"
        return f"{cause}; export it again as text, and do not save the file in a spreadsheet"
    if column.is_place and any(shape in _WITHOUT_ZERO for shape in shapes):
        return (
            f"{column.name} has codes with a digit less: a spreadsheet has dropped the zero in "
            "front; export it again as text, and do not save the file in a spreadsheet"
        )
    if refused.side == "ods":
        return "download the ODS extract again, and use the file as CALPADS wrote it"
    if any(shape.upper() in WORDS_FOR_BLANK for shape in shapes):
        return f"leave {column.name} empty where there is no value"
    if column.is_date:
        return (
            "export all dates in one of these forms; another order such as D/M/YYYY, a number of "
            "days, a time other than midnight, and a mix with M/D/YYYY are not certain"
        )
    if column.column == "ssid":
        return "export the SSIDs as text, with all their digits"
    if not column.translation:
        return f"export CALPADS's codes as {column.name}"
    return (
        f"export CALPADS's codes as {column.name}, or list each local code with CALPADS's code "
        f"under [translate.{column.translation}] in senr.toml"
    )


def _list_lines(
    con: "duckdb.DuckDBPyConnection", refused: RefusedColumn, message: str, hint: str
) -> list[dict[str, Any]]:
    """Return the first lines that cannot be read, as rows of exceptions.csv."""
    found = con.execute(
        f"""
        select * exclude (is_known) from ({refused.query})
        order by {refused.side}_file, {refused.side}_line, value
        limit {_MOST_LINES}
        """  # noqa: S608 (our own names and SQL)
    )
    names = [column[0] for column in found.description or ()]
    of_all = {
        "severity": "fatal",
        "rule": refused.column.rule,
        "field": refused.column.column,
        "held": "N",
        "message": message,
        "fix": hint,
    }
    return [{**dict(zip(names, row, strict=True)), **of_all} for row in found.fetchall()]
