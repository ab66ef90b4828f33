"""Match the header of a SIS extract with the fields of the SENR layout."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import name_first
from senr_duck.privacy.shown_value import describe_text, escape_controls
from senr_duck.reference.layout import Layout, all_fields

# Columns that only a SIS extract with a header can have; they are used for the year end.
OPTIONAL_COLUMNS = (
    "next_grade_level_code",
    "next_school_of_attendance",
    "student_with_disability",
)

_FIELDS = frozenset(field.column for field in all_fields())
# The first is known (SENR); the second follows from the enrollment start date.
_NOT_NEEDED = ("record_type_code", "academic_year_id")
# Characters; a longer text in the first line is not a name.
_LONGEST_NAME = 60

_HINT = "export every field under its official name, in any order"


@dataclass(frozen=True)
class Header:
    """The columns of a header, in the file's order; None for a column that is ignored."""

    columns: tuple[str | None, ...]
    notices: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that are not ignored."""
        return tuple(column for column in self.columns if column is not None)


def count_fields(names: Iterable[str]) -> int:
    """Return how many of the names are a SENR field's name."""
    return sum(find_column(name) is not None for name in names)


def find_column(name: str) -> str | None:
    """Return the column of the SENR field that a name means; None for any other name."""
    column = _column_name(name)
    return column if column in _FIELDS else None


def match_header(names: Sequence[str], file_name: str, layout: Layout) -> Header:
    """Return the columns that the names mean, with notices of unknown and missing ones.

    A name is a field's official name or its column name, in upper or lower case; spaces, hyphens,
    and underscores are the same. Raises InputError if a column occurs twice, or if a required
    column is missing.
    """
    official = {field.column: field.name for field in layout.upload}
    official |= {column: column for column in OPTIONAL_COLUMNS}
    given = [_column_name(name) for name in names]
    twice = [name for column, name in official.items() if given.count(column) > 1]
    if twice:
        raise InputError(f"{file_name} has columns that occur twice: {', '.join(twice)}", _HINT)
    missing = [field for field in layout.upload if field.column not in given]
    needed = [
        field.name
        for field in missing
        if field.column == "ssid" or (field.required == "yes" and field.column not in _NOT_NEEDED)
    ]
    if needed:
        raise InputError(f"{file_name} lacks required columns: {', '.join(needed)}", _HINT)
    columns = tuple(column if column in official else None for column in given)
    notices = []
    unknown = [name for name, column in zip(names, columns, strict=True) if column is None]
    if unknown:
        shown = name_first([_show_name(name.strip()) for name in unknown])
        notices.append(f"{file_name}: unknown columns are ignored: {shown}")
    uncompared = [field.name for field in missing if field.role == "enrollment"]
    if uncompared:
        notices.append(
            f"{file_name}: columns missing, so not compared (updates keep CALPADS's value, adds "
            f"leave it blank): {', '.join(uncompared)}"
        )
    return Header(columns, tuple(notices))


def _column_name(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def _show_name(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        return f"(a name of {describe_text(name)})"
    return escape_controls(name) or "(no name)"
