"""Recognize by the first lines of a text how an extract is written."""

import csv
from collections.abc import Sequence
from itertools import islice

from senr_duck.errors import InputError
from senr_duck.load.file_kind import (
    find_record_type,
    refuse_form,
    refuse_record_type,
)
from senr_duck.load.header_line import (
    MOST_ABOVE,
    describe_above,
    find_header,
    is_rule,
    refuse_record_above,
    repeats_layout,
)
from senr_duck.load.headers import ColumnNames, point_to_draft
from senr_duck.load.plain_file import PlainFile
from senr_duck.load.text_lines import END_MARK, read_lines
from senr_duck.load.text_records import DELIMITERS, TextForm
from senr_duck.privacy.shown_value import show_shape
from senr_duck.reference.column_names import find_column

_LONGEST_SHAPE = 60  # characters of a line whose shape is shown
_RULE = "{}: a line of dashes below the header is passed over"


def detect_text_form(file: PlainFile, known: ColumnNames) -> tuple[TextForm, tuple[str, ...]]:
    """Return the form of a text file, and a notice of each reading that is not the plain one.

    Raises InputError for a file without a record and for every form that the file's side does not
    accept, such as a rejected-records extract.
    """
    # Latin-1 can decode any byte, and everything searched for is ASCII.
    lines = list(islice(read_lines(file, "latin-1"), MOST_ABOVE))
    if not any(line.strip(f" \t\r\n{END_MARK}") for line in lines):
        raise refuse_form(file, "empty")
    types = [find_record_type(line) for line in lines]
    first = _find_place(types, "^")
    delimiter, place, names = _find_names(lines[:first], known)
    if first is not None and (delimiter != "^" or len(names) < 2):
        names = []  # a title above records, in which such a word occurs
    if not names:
        first = _find_place(types, "") if first is None else first
        if first is None:
            raise _refuse_names(file, lines, known)
        return _describe_carets(file, lines, first, first, known)
    below = next((found for found in types[place + 1 :] if found), None)
    if (
        below
        and below[0] != file.record_type
        and find_column(names[0], file.type_code) == "record_type_code"
    ):
        raise refuse_record_type(file, below[0])
    if file.side == "ods" and delimiter != "^":
        if below and below[0] == file.record_type:
            raise _refuse_delimiter(file, delimiter)
        raise refuse_form(file, "a file with a header of field names")
    if below and below[1] == "^" == delimiter and repeats_layout(names, file, known):
        return _describe_carets(file, lines, place, types.index(below, place + 1), known)
    if file.side == "ods":
        if not below:
            raise refuse_form(file, "without any record")
        raise refuse_form(
            file, "a file with a header whose names are not those of an ODS extract in their order"
        )
    return _describe_table(file, lines, place, names, delimiter)


def _find_place(types: Sequence[tuple[str, str] | None], delimiter: str) -> int | None:
    """Return the place of the first record, with that delimiter or, if it is blank, with any."""
    places = (place for place, found in enumerate(types) if found and delimiter in found[1])
    return next(places, None)


def _find_names(lines: Sequence[str], known: ColumnNames) -> tuple[str, int, list[str]]:
    """Return delimiter, place, and names of the header; no names if there is none."""
    best = ("", 0, 0)
    for delimiter in DELIMITERS:
        place, count = find_header([_split(line, delimiter) for line in lines], known)
        if count > best[2]:
            best = (delimiter, place, count)
    delimiter, place, count = best
    return delimiter, place, _split(lines[place], delimiter) if count else []


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _describe_carets(
    file: PlainFile, lines: Sequence[str], start: int, first: int, known: ColumnNames
) -> tuple[TextForm, tuple[str, ...]]:
    """Return the form of records in the layout, ``first`` the place of the first one.

    ``start`` is the place of the header, or the same if there is none.
    """
    record_type, delimiter = find_record_type(lines[first]) or ("", "")
    if record_type != file.record_type:
        raise refuse_record_type(file, record_type)
    if delimiter != "^":
        raise _refuse_delimiter(file, delimiter)
    has_header = start < first
    above = start
    if not has_header:  # a line with a caret is no title but a record, though a wrong one
        above = next((place for place, line in enumerate(lines[:start]) if "^" in line), start)
    rows = [[line] for line in lines[:above]]
    notices = describe_above(file, rows, "header" if has_header else "records")
    if has_header:
        notices.append(f"{file.file_name}: a header line above the records is passed over")
    is_quoted = lines[first].lstrip().startswith('"')
    if is_quoted:
        notices.append(f"{file.file_name}: quotes around fields are read as in RFC 4180")
    has_rule = has_header and is_rule(_split(lines[start + 1], "^"))
    if has_rule:
        notices.append(_RULE.format(file.file_name))
    layout = known.layout
    fields = layout.extract if file.side == "ods" else layout.upload
    form = TextForm(
        "^",
        len(fields),
        has_header=has_header,
        line_end=_find_line_end(lines[start]),
        is_quoted=is_quoted,
        has_rule=has_rule,
        above=above,
    )
    return form, tuple(notices)


def _describe_table(
    file: PlainFile, lines: Sequence[str], place: int, names: Sequence[str], delimiter: str
) -> tuple[TextForm, tuple[str, ...]]:
    """Return the form of a table, whose header is at ``place``."""
    above = [_split(line, delimiter) for line in lines[:place]]
    refuse_record_above(file, above)
    notices = describe_above(file, above, "header")
    if delimiter not in (",", "\t"):
        notices.append(f"{file.file_name}: its delimiter is a {DELIMITERS[delimiter]}")
    has_rule = len(lines) > place + 1 and is_rule(_split(lines[place + 1], delimiter))
    if has_rule:
        notices.append(_RULE.format(file.file_name))
    form = TextForm(
        delimiter,
        lines[place].count(delimiter) + 1,
        has_header=True,
        line_end=_find_line_end(lines[place]),
        is_table=True,
        is_quoted=delimiter != "^" or lines[place].startswith('"'),
        has_rule=has_rule,
        above=place,
    )
    return form, tuple(notices)


def _find_line_end(line: str) -> str:
    return "\r\n" if line.endswith("\r\n") else "\n"


def _refuse_names(file: PlainFile, lines: Sequence[str], known: ColumnNames) -> InputError:
    first = next((line for line in lines if line.strip()), "")
    error = refuse_form(
        file,
        f"neither a {file.type_code} file nor one with a header of {file.type_code} field names "
        "(its first line, with 9 for a digit and A for a letter: "
        f"{show_shape(first.strip(), _LONGEST_SHAPE)})",
    )
    return point_to_draft(error, file, known)


def _refuse_delimiter(file: PlainFile, delimiter: str) -> InputError:
    error = refuse_form(
        file,
        f"delimited by {DELIMITERS[delimiter]}s, as a spreadsheet saves it, "
        "so that leading zeros of codes may be lost",
    )
    error.hint += "; do not open it in a spreadsheet before"
    return error
