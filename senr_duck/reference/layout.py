"""The record layouts of the files, as they were in force on a date."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from senr_duck.reference.file_types import SENR, file_types
from senr_duck.reference.resources import read_reference


@dataclass(frozen=True)
class Field:
    """One field of a record; ``column`` is its name in SQL, ``number`` that of CALPADS.

    ``max_length`` is 0 where it is not known. Without a column that ``is_needed``, an extract of
    the SIS is refused. ``pairing`` and ``compared_as`` say how ``senr-duck compare`` uses the
    field; both are blank in SENR.
    """

    number: str
    name: str
    column: str
    type: str
    max_length: int
    required: str
    role: str
    code_set: str | None
    since: date | None
    is_needed: bool = False
    pairing: str = ""
    compared_as: str = ""


@dataclass(frozen=True)
class Layout:
    """The fields of an upload record and of an ODS extract record, in file order."""

    upload: tuple[Field, ...]
    extract: tuple[Field, ...]
    file_type: str = SENR


@cache
def all_fields(file_type: str = SENR) -> tuple[Field, ...]:
    """Return every field in force at any time since 2020-21; the extract's own two come last."""
    return tuple(
        Field(
            number=row["number"],
            name=row["name"],
            column=row["column"],
            type=row["type"],
            max_length=int(row["max_length"] or 0),
            required=row["required"],
            role=row["role"],
            code_set=row["code_set"] or None,
            since=date.fromisoformat(row["since"]) if row["since"] else None,
            is_needed=row["needed"] == "yes",
            pairing=row.get("pairing", ""),
            compared_as=row.get("compared_as", ""),
        )
        for row in read_reference(file_types()[file_type].layout_name)
    )


def layout_on(as_of: date, file_type: str = SENR) -> Layout:
    """Return the layout in force on a date; SENR has 35 upload fields since 2023-09-19, before 34.

    The extract's layout is that of the upload with two more columns.
    """
    in_force = [f for f in all_fields(file_type) if f.since is None or f.since <= as_of]
    return Layout(
        upload=tuple(f for f in in_force if not f.number.startswith("R.")),
        extract=tuple(in_force),
        file_type=file_type,
    )


def compared_columns() -> tuple[str, ...]:
    """Return the columns that the reconciliation compares: those whose role is ``enrollment``."""
    return tuple(f.column for f in all_fields() if f.role == "enrollment")
