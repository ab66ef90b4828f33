"""Match the header of a SIS extract with the fields of the SENR layout."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from senr_duck.errors import InputError
from senr_duck.privacy.shown_list import name_first
from senr_duck.privacy.shown_value import describe_text, escape_controls
from senr_duck.reference.layout import Layout, all_fields

# Columns that only a SIS extract with a header can have; they serve the end of the school year.
OPTIONAL_COLUMNS = (
    "next_grade_level_code",
    "next_school_of_attendance",
    "student_with_disability",
)

# The one is known (SENR), the other derived from the enrollment start date.
_NOT_NEEDED = ("record_type_code", "academic_year_id")
# Characters; above it, what stands in the first line is no name.
_LONGEST_NAME = 60

_HINT = "export every field under its official name, in any order"


@dataclass(frozen=True)
class Header:
    """What a header names: ``columns`` in the file's order, None for one that is set aside."""

    columns: tuple[str | None, ...]
    notices: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that are not set aside."""
        return tuple(column for column in self.columns if column is not None)


def is_header(names: Iterable[str]) -> bool:
    """Return whether at least one of the names is that of a SENR field."""
    fields = {field.column for field in all_fields()}
    return any(_column_name(name) in fields for name in names)


def match_header(names: Sequence[str], file_name: str, layout: Layout) -> Header:
    """Return the columns that the names stand for, with notices of unknown and missing ones.

    A name is a field's official one or its column, in any case; spaces, hyphens and underscores
    are alike. Raises InputError if a column comes twice, or one that is required is missing.
    """
    official = {field.column: field.name for field in layout.upload}
    official |= {column: column for column in OPTIONAL_COLUMNS}
    given = [_column_name(name) for name in names]
    twice = [name for column, name in official.items() if given.count(column) > 1]
    if twice:
        raise InputError(f"{file_name} has columns that come twice: {', '.join(twice)}", _HINT)
    missing = [field for field in layout.upload if field.column not in given]
    needed = [
        field.name
        for field in missing
        if field.column == "ssid" or (field.required == "yes" and field.column not in _NOT_NEEDED)
    ]
    if needed:
        raise InputError(f"{file_name} lacks columns that are required: {', '.join(needed)}", _HINT)
    columns = tuple(column if column in official else None for column in given)
    notices = []
    unknown = [name for name, column in zip(names, columns, strict=True) if column is None]
    if unknown:
        shown = name_first([_show_name(name.strip()) for name in unknown])
        notices.append(f"{file_name}: unknown columns set aside: {shown}")
    uncompared = [field.name for field in missing if field.role == "enrollment"]
    if uncompared:
        notices.append(
            f"{file_name}: columns missing, so not compared (the ODS's value is kept, blank on an "
            f"add): {', '.join(uncompared)}"
        )
    return Header(columns, tuple(notices))


def _column_name(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def _show_name(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        return f"(a name of {describe_text(name)})"
    return escape_controls(name) or "(no name)"
