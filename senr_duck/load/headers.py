"""Match the header of a SIS extract with the fields of the record layout."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from senr_duck.errors import InputError
from senr_duck.load.plain_file import PlainFile
from senr_duck.privacy.shown_list import MOST_NAMED, name_first
from senr_duck.privacy.shown_name import is_shown_name, show_names
from senr_duck.reference.column_names import (
    REQUIRED_COLUMNS,
    find_column,
    fold_name,
    is_usual_name,
    optional_columns,
    suggest_columns,
)
from senr_duck.reference.file_types import SENR
from senr_duck.reference.layout import Layout

# A draft takes a line with so many names that vendors use as a header.
_LEAST_USUAL = 3

_HINT = "export every field under its official name, in any order"


@dataclass(frozen=True)
class ColumnNames:
    """What the names in a header mean: those of the layout in force, and a district's own.

    ``own`` has the district's names as ``fold_name`` writes them, each with its column; they come
    from ``[columns]`` of senr.toml and are for the SIS extract only. ``lea`` is the LEA of the run
    if the user has named just one: a file need not say it then. With ``is_draft``, the names are
    only to be learned: no column is required, and a header may have vendors' names alone.
    """

    layout: Layout
    own: Mapping[str, str] = field(default_factory=dict)
    lea: str | None = None
    is_draft: bool = False

    def find(self, name: str) -> str | None:
        """Return the column that a name in a header means; None for any other name."""
        return self.own.get(fold_name(name)) or find_column(name, self.layout.file_type)

    def count(self, names: Iterable[str]) -> int:
        """Return how many of the names mean a field of the file.

        In a draft, the names that vendors use count too, if there are several.
        """
        listed = list(names)
        known = sum(self.find(name) is not None for name in listed)
        if not self.is_draft:
            return known
        usual = sum(self.find(name) is not None or is_usual_name(name) for name in listed)
        return usual if usual >= _LEAST_USUAL else known


@dataclass(frozen=True)
class Header:
    """The columns of a header, in the file's order; None for a column that is ignored.

    ``unknown_names`` are the names of the ignored columns that have one, as they are written.
    """

    columns: tuple[str | None, ...]
    notices: tuple[str, ...]
    unknown_names: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that are not ignored."""
        return tuple(column for column in self.columns if column is not None)


def match_header(names: Sequence[str], file_name: str, known: ColumnNames) -> Header:
    """Return the columns that the names mean, with notices of unknown and missing ones.

    A name is a field's official name, its column name or one of the district's own, in upper or
    lower case; spaces, hyphens, and underscores are the same. Raises InputError if a column occurs
    twice, or if a required column is missing and this is no draft.
    """
    fields = known.layout.upload
    official = _list_names(known.layout)
    given = [known.own.get(folded, folded) for folded in map(fold_name, names)]
    twice = [name for column, name in official.items() if given.count(column) > 1]
    if twice:
        raise InputError(f"{file_name} has columns that occur twice: {', '.join(twice)}", _HINT)
    columns = tuple(column if column in official else None for column in given)
    unknown = [name.strip() for name, column in zip(names, columns, strict=True) if column is None]
    missing = {field.column: field.name for field in fields if field.column not in given}
    needed_columns = {field.column for field in fields if field.is_needed}
    required = [
        name
        for column, name in missing.items()
        if column in needed_columns and (known.lea is None or column != "reporting_lea")
    ]
    if required and not known.is_draft:
        raise _refuse(file_name, required, unknown, missing, known.layout.file_type)
    notices = []
    if known.lea and "reporting_lea" in missing:
        notices.append(
            f"{file_name}: without the column {missing['reporting_lea']}; all records are read as "
            f"those of LEA {known.lea}"
        )
    unused = [
        name
        for name, column in known.own.items()
        if column in missing and name not in map(fold_name, names)
    ]
    if unused:
        notices.append(
            f"{file_name}: has no column with these names of [columns] in senr.toml: "
            f"{name_first([*show_names(unused).values()])}"
        )
    if unknown:
        likely = suggest_columns(unknown, missing)
        shown = [
            f"{text} ({missing[likely[name]]}?)" if name in likely else text
            for name, text in show_names(unknown).items()
        ]
        notices.append(f"{file_name}: unknown columns are ignored: {name_first(shown)}")
    if known.layout.file_type != SENR:
        notices += _describe_uncompared(file_name, known.layout, missing)
        return Header(columns, tuple(notices), tuple(filter(None, unknown)))
    uncompared = [f.name for f in fields if f.column in missing and f.role == "enrollment"]
    if uncompared:
        notices.append(
            f"{file_name}: columns missing, so not compared (updates keep CALPADS's value, adds "
            f"leave it blank): {', '.join(uncompared)}"
        )
    needed = [
        field.name
        for field in fields
        if field.column in missing and field.role == "demographic" and field.required == "yes"
    ]
    if needed:
        notices.append(
            f"{file_name}: columns missing (updates keep CALPADS's value, a student with a record "
            f"to add is on hold): {', '.join(needed)}"
        )
    return Header(columns, tuple(notices), tuple(filter(None, unknown)))


def _describe_uncompared(
    file_name: str, layout: Layout, missing: Mapping[str, str]
) -> Iterator[str]:
    """Yield the notice of the columns that another file than SENR lacks for its comparison."""
    names = [f.name for f in layout.upload if f.column in missing and f.compared_as]
    if names:
        yield f"{file_name}: columns missing, so not compared: {', '.join(names)}"


def _list_names(layout: Layout) -> dict[str, str]:
    """Return the official name of each column that a SIS extract can have."""
    names = {field.column: field.name for field in layout.upload}
    return names | {column: column for column in optional_columns(layout.file_type)}


def suggest_others(
    unknown_names: Sequence[str], columns: Sequence[str], layout: Layout
) -> dict[str, str]:
    """Return what the unknown names of a file that has these columns probably mean, if anything."""
    official = _list_names(layout)
    missing = {column: name for column, name in official.items() if column not in columns}
    return suggest_columns(list(unknown_names), missing)


def has_required(header: Header, known: ColumnNames) -> bool:
    """Return whether a header has the required columns, or names that probably mean them.

    The reporting LEA may be missing: the configuration can name it.
    """
    likely = suggest_others(header.unknown_names, header.known, known.layout)
    return {*header.known, *likely.values(), "reporting_lea"}.issuperset(REQUIRED_COLUMNS)


def point_to_draft(error: InputError, file: PlainFile, known: ColumnNames) -> InputError:
    """Return the error of a file without known names, with the command that can read others."""
    if file.side == "sis" and not known.is_draft and file.type_code == SENR:
        error.hint += "; `senr-duck init` finds out what the names of another header mean"
    return error


def _refuse(
    file_name: str,
    required: Sequence[str],
    unknown: Sequence[str],
    missing: Mapping[str, str],
    file_type: str,
) -> InputError:
    """Return the error for missing columns; it names those of the file that have no meaning yet."""
    message = f"{file_name} lacks required columns: {', '.join(required)}"
    named = [name for name in unknown if name]
    if not named:
        return InputError(message, _HINT)
    message += f"; columns with an unknown name: {name_first([*show_names(named).values()])}"
    likely = suggest_columns(named, missing)
    lines = [
        f"{write_key(name)} = {json.dumps(column)}"
        for name, column in likely.items()
        if is_shown_name(name)
    ]
    hint = f"{_HINT}, or list the file's own names under [columns] in senr.toml"
    if file_type == SENR:
        hint += " (`senr-duck init` writes one)"
    if lines:
        hint = "\n      ".join([f"{hint}, such as", "[columns]", *lines[:MOST_NAMED]])
    return InputError(message, hint)


def write_key(name: str) -> str:
    """Return a name as a key of TOML, in quotes."""
    return json.dumps(name, ensure_ascii=False)
