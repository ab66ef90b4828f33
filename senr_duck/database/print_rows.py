"""Print the rows of a result: a table for a person, CSV for a spreadsheet, JSON for a program."""

import csv
import io
import json
import math
import re
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from senr_duck.errors import InputError
from senr_duck.privacy.shown_value import escape_controls
from senr_duck.privacy.spreadsheet import make_safe

if TYPE_CHECKING:
    from rich.console import Console

    from senr_duck.database.query import QueryResult, Row

_NUMBERS = (int, float, Decimal)
# Characters that JSON may have as they are, although a terminal obeys some of them.
_UNPRINTED = re.compile(r"[^ -~]")


def write_csv(result: "QueryResult", out: IO[bytes]) -> None:
    """Write all rows as RFC 4180 CSV in UTF-8, with a header and CR LF line ends; null is blank.

    Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers do not.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(make_safe, result.columns))
    while rows := result.fetch(10_000):
        writer.writerows([_write_cell(value) for value in row] for row in rows)
        out.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    out.write(text.getvalue().encode())


def write_json(result: "QueryResult", out: IO[bytes]) -> None:
    """Write all rows as one JSON array of objects in UTF-8, one object per line.

    Numbers, booleans, and null are written as such; everything else is text. Raises InputError if
    two columns have the same name, because an object can hold only one of them.
    """
    if twice := sorted({name for name in result.columns if result.columns.count(name) > 1}):
        raise InputError(
            f"--json: found several columns named {', '.join(twice)}, expected different names",
            "give each column its own name with `as`",
        )
    separator = b"[\n"
    for row in result.fetch_all():
        line = {name: _plain(value) for name, value in zip(result.columns, row, strict=True)}
        text = _UNPRINTED.sub(_escape, json.dumps(line, ensure_ascii=False))
        out.write(separator + text.encode())
        separator = b",\n"
    out.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def print_result(
    result: "QueryResult", console: "Console", most: int, *, in_lines: bool = False
) -> None:
    """Print at most this many rows (0: all) as a table, then the number of rows.

    With ``in_lines``, each row is a list of its fields, one per line. Values are never cut: if a
    terminal is too narrow for a table, each row becomes such a list, and in a file or pipe, lines
    are as long as they need to be.
    """
    if result.is_plan:
        for row in result.fetch_all():
            print_plain(str(row[-1]), console)
        return
    rows = result.fetch(most) if most else list(result.fetch_all())
    more = result.fetch(1) if most else []
    if in_lines:
        _print_lines(
            [_show(name) for name in result.columns],
            [[_show(value) for value in row] for row in rows],
            console,
        )
    else:
        print_rows(result.columns, rows, console)
    if more:
        count = result.count()
        print_plain(
            f"{len(rows):,} of {count:,} rows; {count - len(rows):,} are not shown: "
            "--rows 0 prints all, --csv and --json write all",
            console,
        )
    else:
        print_plain(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", console)


def print_rows(columns: Sequence[str], rows: Sequence["Row"], console: "Console") -> None:
    """Print a table: with lines on a terminal, else plain and never wrapped; null is blank."""
    names = [_show(name) for name in columns]
    cells = [[_show(value) for value in row] for row in rows]
    numbers = [_is_of_numbers([row[index] for row in rows]) for index in range(len(columns))]
    if console.is_terminal:
        _print_ruled_table(names, cells, numbers, console)
    else:
        _print_plain_table(names, cells, numbers, console)


def print_plain(text: str, console: "Console") -> None:
    """Print text unchanged: no markup, no colors, no wrapping."""
    console.print(text, markup=False, emoji=False, highlight=False, soft_wrap=True)


def _print_plain_table(
    names: list[str], cells: list[list[str]], numbers: list[bool], console: "Console"
) -> None:
    """Print a table as wide as it needs to be, without trailing blanks."""
    from rich.cells import cell_len

    lines = [names, *cells]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    printed = []
    for line in lines:
        fills = [" " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True)]
        padded = (
            fill + text if is_number else text + fill
            for text, fill, is_number in zip(line, fills, numbers, strict=True)
        )
        printed.append(" | ".join(padded).rstrip())
    printed.insert(1, "-+-".join("-" * width for width in widths))
    print_plain("\n".join(printed), console)


def _print_ruled_table(
    names: list[str], cells: list[list[str]], numbers: list[bool], console: "Console"
) -> None:
    """Print a table with wrapped texts, or each row as a list of fields if words do not fit."""
    from rich import box
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SQUARE, header_style="bold")
    for name, is_number, *column in zip(names, numbers, *cells, strict=True):
        table.add_column(
            Text(name),
            justify="right" if is_number else "left",
            no_wrap=not any(" " in text for text in (name, *column)),
            overflow="fold",
        )
    for row in cells:
        table.add_row(*map(Text, row))
    without_limit = console.options.update(max_width=sys.maxsize)
    if Measurement.get(console, without_limit, table).minimum <= console.width:
        console.print(table)
    else:
        _print_lines(names, cells, console)


def _print_lines(names: list[str], cells: list[list[str]], console: "Console") -> None:
    """Print each row as a list of its fields, with its number above."""
    width = max(map(len, names))
    for number, row in enumerate(cells, start=1):
        print_plain(f"-- row {number:,}", console)
        for name, text in zip(names, row, strict=True):
            print_plain(f"{name:<{width}}  {text}".rstrip(), console)


def _is_of_numbers(values: list[Any]) -> bool:
    """Return whether a column holds only numbers, ignoring null."""
    return any(map(_is_number, values)) and all(v is None or _is_number(v) for v in values)


def _is_number(value: object) -> bool:
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)


def _plain(value: Any) -> Any:
    """Return a value in the form that JSON has for it."""
    if isinstance(value, Decimal):
        value = float(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return _spell(value)


def _escape(found: re.Match[str]) -> str:
    """Return a character as JSON, with an escape for one that cannot be printed."""
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def _spell(value: Any) -> str:
    """Return a value as text; null is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | dict):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def _show(value: Any) -> str:
    r"""Return a value as text for the terminal, with control characters as \n, \x1b, …."""
    return escape_controls(_spell(value))


def _write_cell(value: Any) -> object:
    return make_safe(value if _is_number(value) else _spell(value))
