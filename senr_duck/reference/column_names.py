"""The names of columns: what a name in a header means, and what another name probably means."""

import difflib
import re
from collections.abc import Mapping
from functools import cache

from senr_duck.reference.file_types import SENR
from senr_duck.reference.layout import all_fields
from senr_duck.reference.resources import read_reference

# Columns that only a SIS extract with a header can have; they are used for the year end.
OPTIONAL_COLUMNS = (
    "next_grade_level_code",
    "next_school_of_attendance",
    "student_with_disability",
)
# Without these, no record can be paired, and a run without exits would invent them.
REQUIRED_COLUMNS = tuple(field.column for field in all_fields() if field.is_needed)

_LEAST_LIKE = 0.8  # 1 is the same spelling


def fold_name(name: str) -> str:
    """Return a name in lower case, with underscores for spaces and hyphens."""
    return re.sub(r"[\s_-]+", "_", name.strip().lower())


def find_column(name: str, file_type: str = SENR) -> str | None:
    """Return the column of the field of a file that has this name; None for any other name."""
    column = fold_name(name)
    return column if column in _list_fields(file_type) else None


def optional_columns(file_type: str) -> tuple[str, ...]:
    """Return the columns that only a SIS extract with a header can have."""
    return OPTIONAL_COLUMNS if file_type == SENR else ()


@cache
def _list_fields(file_type: str) -> frozenset[str]:
    return frozenset(field.column for field in all_fields(file_type))


def is_usual_name(name: str) -> bool:
    """Return whether vendors or reports use this name for a column, whatever it means there."""
    return keep_letters(name) in _list_usual_names()


def suggest_columns(names: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the column that each of the names probably means; names without one are left out.

    ``columns`` are those that are still to be found, with their official names; none is suggested
    twice. A name that vendors and reports often use decides, then a similar spelling.
    """
    left = dict(columns)
    likely: dict[str, str] = {}
    for find in (_find_by_use, _find_by_spelling):
        for name in names:
            if name not in likely and (column := find(keep_letters(name), left)):
                likely[name] = column
                del left[column]
    return likely


def _find_by_use(letters: str, columns: Mapping[str, str]) -> str | None:
    return next((name for name in _list_usual_names().get(letters, ()) if name in columns), None)


def _find_by_spelling(letters: str, columns: Mapping[str, str]) -> str | None:
    by_letters = {keep_letters(name): column for column, name in columns.items()}
    near = difflib.get_close_matches(letters, by_letters, 1, _LEAST_LIKE)
    return by_letters[near[0]] if near else None


def keep_letters(name: str) -> str:
    """Return the letters and digits of a name in lower case, by which two names are compared."""
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def _list_usual_names() -> dict[str, tuple[str, ...]]:
    """Return the columns that a name may mean, the likeliest first."""
    columns: dict[str, tuple[str, ...]] = {}
    for row in read_reference("usual_names.csv"):
        columns[row["name"]] = (*columns.get(row["name"], ()), row["column"])
    return columns
