"""The SENR record layout that was in force on a date."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from senr_duck.reference.resources import read_reference


@dataclass(frozen=True)
class Field:
    """One field of the SENR record; ``column`` is its name in SQL, ``number`` that of CALPADS."""

    number: str
    name: str
    column: str
    type: str
    max_length: int
    required: str
    role: str
    code_set: str | None
    since: date | None


@dataclass(frozen=True)
class Layout:
    """The fields of an upload record and of an ODS extract record, in file order."""

    upload: tuple[Field, ...]
    extract: tuple[Field, ...]


@cache
def all_fields() -> tuple[Field, ...]:
    """Return every field in force at any time since 2020-21; the extract's own two come last."""
    return tuple(
        Field(
            number=row["number"],
            name=row["name"],
            column=row["column"],
            type=row["type"],
            max_length=int(row["max_length"]),
            required=row["required"],
            role=row["role"],
            code_set=row["code_set"] or None,
            since=date.fromisoformat(row["since"]) if row["since"] else None,
        )
        for row in read_reference("senr_layout.csv")
    )


def layout_on(as_of: date) -> Layout:
    """Return the layout in force on a date: 35 upload fields since 2023-09-19, 34 before.

    The extract's layout is that of the upload with two more columns.
    """
    in_force = [f for f in all_fields() if f.since is None or f.since <= as_of]
    return Layout(
        upload=tuple(f for f in in_force if not f.number.startswith("R.")),
        extract=tuple(in_force),
    )


def compared_columns() -> tuple[str, ...]:
    """Return the columns that the reconciliation compares: those whose role is ``enrollment``."""
    return tuple(f.column for f in all_fields() if f.role == "enrollment")
