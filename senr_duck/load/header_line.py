"""Find the header of a table below the titles that a report puts above it."""

import re
from collections.abc import Sequence

from senr_duck.errors import InputError
from senr_duck.load.headers import ColumnNames
from senr_duck.load.plain_file import PlainFile
from senr_duck.load.text_lines import AGAIN
from senr_duck.privacy.shown_list import name_count
from senr_duck.reference.column_names import find_column

# Lines or rows among which the header, or the first record, must be.
MOST_ABOVE = 50


def find_header(rows: Sequence[Sequence[str]], known: ColumnNames) -> tuple[int, int]:
    """Return the place of the row with most known names of columns, and how many they are.

    The first such row, from 0; the number is 0 if no row has a name.
    """
    counts = [known.count(row) for row in rows]
    most = max(counts, default=0)
    return (counts.index(most) if most else 0), most


def refuse_record_above(
    file: PlainFile, rows: Sequence[Sequence[str]], place: str = "line"
) -> None:
    """Raise InputError if one of the rows above a header could be a record.

    A sorted sheet has its header somewhere among the records.
    """
    for number, row in enumerate(rows, start=1):
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(filled) > 3 and any(re.fullmatch(r"\d{10}", cell) for cell in filled):
            raise InputError(
                f"{file.file_name} {place} {number} is above the header and looks like a record; "
                "expected only titles there",
                f"{AGAIN[file.side]}, with the header above all records",
            )


def describe_above(file: PlainFile, rows: Sequence[Sequence[str]], header: str) -> list[str]:
    """Return the notice of what is passed over above the header; none if nothing is there."""
    blank = sum(not any(map(str.strip, row)) for row in rows)
    counts = [(len(rows) - blank, "title line"), (blank, "blank line")]
    above = " and ".join(name_count(count, noun) for count, noun in counts if count)
    if not above:
        return []
    verb = "is" if len(rows) == 1 else "are"
    return [f"{file.file_name}: {above} above the {header} {verb} passed over"]


def repeats_layout(names: Sequence[str], file: PlainFile, known: ColumnNames) -> bool:
    """Return whether no name contradicts the layout's order of columns.

    In a header of another length the number of fields decides, not the order.
    """
    fields = known.layout.extract if file.side == "ods" else known.layout.upload
    given = list(names[:-1]) if not names[-1].strip() else list(names)
    if len(given) != len(fields):
        return file.side == "ods"
    pairs = zip(given, fields, strict=True)
    return all(
        find_column(name, known.layout.file_type) in (None, field.column) for name, field in pairs
    )


def is_rule(cells: Sequence[str]) -> bool:
    """Return whether a row only underlines the header with dashes."""
    return bool(cells) and all(re.fullmatch(r"\s*-[-+\s]*", cell) for cell in cells)
