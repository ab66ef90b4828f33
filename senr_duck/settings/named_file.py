"""Read a file that the configuration names, line by line."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from senr_duck.errors import InputError
from senr_duck.files.decoding import decode_text
from senr_duck.files.regular_file import find_fault
from senr_duck.privacy.shown_list import name_count, name_first
from senr_duck.privacy.shown_name import show_names
from senr_duck.privacy.shown_value import describe_text, escape_controls, show_short

# Characters; no system allows a longer path.
_LONGEST_PATH = 4_096
_DATE = re.compile("[0-9]{4}(-?)[0-9]{2}\\1[0-9]{2}")

_Entry = TypeVar("_Entry")
_NumberedLines = Iterator[tuple[int, list[str]]]


def read_named_file(path: Path) -> bytes:
    """Return the bytes of a file; raises InputError if it is missing, a folder, or unreadable."""
    if not (found := find_fault(path)):
        return path.read_bytes()
    shown = escape_controls(path)
    if len(shown) > _LONGEST_PATH:
        shown = f"a path of {describe_text(shown)}"
    raise InputError(
        f"{shown}: found {found}, expected a readable file",
        "check the path; in a configuration, paths start at the folder of the configuration file",
    )


def read_table(
    path: Path,
    required: tuple[str, ...],
    parse: Callable[[Mapping[str, str], int], _Entry],
    others_allowed: bool,
) -> list[_Entry]:
    """Return the result of ``parse`` for each line; it gets the trimmed values and the line number.

    The file is tab-separated or CSV, in UTF-8 or Windows-1252, and its first line names the
    columns in any order; those in ``required`` must be there. Lines without values are skipped.
    Raises InputError for a wrong header, and for lines that have a wrong number of values or that
    ``parse`` refuses with a ValueError; up to 20 of these lines are listed.
    """
    lines = _read_lines(path)
    place = escape_controls(path)
    _, header = next(lines, (1, []))
    if wrong := _find_header_faults(header, required, others_allowed):
        raise InputError(
            f"{place} line 1: found {name_first(wrong)}; "
            f"expected {', '.join(required)}{' among others' if others_allowed else ' alone'}",
            "name each of these columns once in the first line, in any order",
        )
    entries, faults = [], []
    for line_number, values in lines:
        try:
            if len(values) != len(header):
                raise ValueError(f"found {len(values)} values, expected {len(header)}")
            entries.append(parse(dict(zip(header, values, strict=True)), line_number))
        except ValueError as error:
            faults.append(f"{place} line {line_number}: {error}")
    if faults:
        raise InputError(
            name_first(faults, separator="\n"),
            "fix these lines in a text editor: a spreadsheet drops leading zeros and turns "
            "dates and spans such as 9-12 into its own dates",
        )
    return entries


def _find_header_faults(
    header: list[str], required: tuple[str, ...], others_allowed: bool
) -> list[str]:
    """Return what is wrong with a header; of one that may be a student's line, no value."""
    if header and not others_allowed and not any(name in header for name in required):
        return [f"no header: {name_count(len(header), 'value')}, none of them a column's name"]
    wrong = [f"no column {name}" for name in required if name not in header]
    wrong += [f"the column {name} twice" for name in required if header.count(name) > 1]
    if not others_allowed:
        shown = show_names(header)
        wrong += [f"the column {shown[name]}" for name in header if name not in required]
    return wrong


def describe_fault(row: Mapping[str, str], column: str, expected: str) -> ValueError:
    """Return the error for a value that ``parse`` refuses; a long value is not shown."""
    return ValueError(f"{column}: found {show_short(row[column])}, expected {expected}")


def parse_date(text: str) -> date | None:
    """Return the date written YYYYMMDD or YYYY-MM-DD, else None."""
    if not _DATE.fullmatch(text):  # fromisoformat alone would take 2025-W01-1
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_lines(path: Path) -> _NumberedLines:
    """Yield the number and the trimmed values of each line that has values."""
    content = read_named_file(path)
    try:
        text = decode_text(content)
    except UnicodeDecodeError:
        raise InputError(
            f"{escape_controls(path)}: found bytes that are not text, "
            "expected UTF-8 or Windows-1252",
            "save the file again as CSV in UTF-8",
        ) from None  # the original error contains the bytes
    tabs = "\t" in text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter="\t" if tabs else ",",
        # CDE's tab-separated file has no quoting: a quotation mark in it is part of a name.
        quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
        strict=True,  # a quotation mark that is never closed would hide the lines after it
    )
    line_number = 1
    try:
        for values in reader:
            if any(trimmed := [value.strip() for value in values]):
                yield line_number, trimmed
            line_number = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{escape_controls(path)} line {line_number}: found {error}, expected CSV",
            "look for a quotation mark that is never closed",
        ) from error
