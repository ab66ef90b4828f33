"""Read a text extract record by record, and report wrong lines."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from senr_duck.errors import InputError
from senr_duck.load.plain_file import PlainFile
from senr_duck.privacy.shown_list import MOST_NAMED, name_first

# Bytes of a line, including its line end; also the csv module's limit for the characters of a
# field. A SENR record has under 1,000, and DuckDB accepts up to 2,000,000.
LONGEST_LINE = 131_072

# CALPADS's layouts by number of input fields; an ODS extract has two more.
_KNOWN_LAYOUTS = {
    35: "in force since 2023-09-19",
    34: "in force from 2020-21 until 2023-09-18",
    33: "of an earlier year",
    39: "of an earlier year",
}
AGAIN = {"ods": "download the extract again", "sis": "export the file again"}
_DELIMITERS = {"^": "^", ",": "comma", "\t": "tab"}


@dataclass(frozen=True)
class TextForm:
    """How the records of a text extract are written.

    ``fields`` is how many a line must have, from the layout in force or the header line.
    ``line_end`` is that of the first line. Only files with a header can have quoted fields.
    """

    delimiter: str
    fields: int
    has_header: bool
    line_end: str


def read_lines(file: PlainFile, encoding: str) -> Iterator[str]:
    """Yield the lines of a text file with their line ends, without a byte-order mark.

    Lines end with CR LF or LF. Raises InputError, with the line's number, if a line contains a NUL,
    another CR, or a byte that is not text in ``encoding``, or is longer than LONGEST_LINE.
    """
    with file.path.open("rb") as content:
        lines = iter(partial(content.readline, LONGEST_LINE + 1), b"")
        for line_number, line in enumerate(lines, start=1):
            place = f"{file.file_name} line {line_number}"
            again = AGAIN[file.side]
            if line_number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) > LONGEST_LINE:
                raise InputError(
                    f"{place} is longer than {LONGEST_LINE:,} bytes; a SENR record has under 1,000",
                    f"{again}: its line ends are missing, or it is something else",
                )
            if b"\0" in line:
                raise InputError(
                    f"{place} contains a NUL byte; expected text in UTF-8 or Windows-1252",
                    f"{again}; if it is UTF-16 (Excel's Unicode text), save it as UTF-8",
                )
            if b"\r" in line.removesuffix(b"\r\n"):
                raise InputError(
                    f"{place} contains a CR without an LF; expected CR LF or LF at line ends only",
                    f"{again}, or remove the stray line break from that line",
                )
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{place} contains the byte 0x{line[error.start]:02X}, which is not text; "
                    "expected UTF-8 or Windows-1252",
                    f"{again}, as UTF-8",
                ) from None  # the text of that error shows the line
            yield text


def read_header(file: PlainFile, form: TextForm, encoding: str) -> list[str]:
    """Return the names in the first record; raises InputError as read_lines does."""
    return next(names for _, names in _read_records(file, form, encoding) if names)


def rewrite_records(file: PlainFile, form: TextForm, encoding: str, target: Path) -> int:
    """Write the records, without the header, to a new file ``target``; return their number.

    ``target`` is UTF-8, comma-delimited, and quoted where needed; each record begins with its first
    line's number. Raises InputError as read_lines does, if a quoted field is not closed, and for
    records with a wrong number of fields; up to MOST_NAMED of these are listed. A blank line before
    another record counts as a record without fields.
    """
    expected = form.fields
    awaits_header = form.has_header
    found: Counter[int] = Counter()
    faults: list[str] = []
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for line_number, fields in _read_records(file, form, encoding):
            if awaits_header and fields:
                awaits_header = False
                expected = len(fields)  # counted again: a quoted name may contain the delimiter
                continue
            found[len(fields)] += 1
            if len(fields) == expected:
                writer.writerow([line_number, *fields])
            elif len(faults) < MOST_NAMED:
                faults.append(f"line {line_number} {_describe_count(len(fields))}")
    if not faults:
        return found[expected]
    if not form.has_header and not found[expected]:
        raise _refuse_layout(file, expected, found)
    wrong = found.total() - found[expected]
    where = "that line" if wrong == 1 else "those lines"
    whose = "the header" if form.has_header else _name_layout(file, expected)
    raise InputError(
        f"{file.file_name} {name_first(faults, wrong)}; {whose} has {expected}",
        f"{AGAIN[file.side]}, or check for a stray {_DELIMITERS[form.delimiter]} in {where}",
    )


def _read_records(
    file: PlainFile, form: TextForm, encoding: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each record's first line, and its fields, including the header's.

    A blank line has no fields; blank lines at the end of the file are left out.
    """
    reader = csv.reader(
        read_lines(file, encoding),
        delimiter=form.delimiter,
        quoting=csv.QUOTE_MINIMAL if form.has_header else csv.QUOTE_NONE,
        strict=True,
    )
    line_number, blank = 1, 0
    try:
        for fields in reader:
            if fields:
                yield from ((number, []) for number in range(line_number - blank, line_number))
                if sum(map(len, fields)) > LONGEST_LINE:  # a quoted field does not end
                    raise csv.Error
                yield line_number, fields
            blank = 0 if fields else blank + 1
            line_number = reader.line_num + 1
    except csv.Error:
        raise InputError(
            f"{file.file_name}: in the record that starts on line {line_number}, a quoted field "
            f"does not end before a {_DELIMITERS[form.delimiter]} or a line end; expected "
            "quotation marks as in RFC 4180",
            f"{AGAIN[file.side]}, or check for a stray quotation mark in that record",
        ) from None


def _describe_count(fields: int) -> str:
    if fields == 0:
        return "is blank"
    return f"has {fields} field{'' if fields == 1 else 's'}"


def _name_layout(file: PlainFile, fields: int) -> str:
    if file.side == "ods":
        return f"the {fields - 2}-field SENR-R layout"
    return f"the {fields}-field SENR layout"


def _refuse_layout(file: PlainFile, expected: int, found: Counter[int]) -> InputError:
    """Return the error for a caret file in which no record has the expected number of fields."""
    del found[0]
    [(fields, _)] = found.most_common(1)
    extra = 2 if file.side == "ods" else 0
    known = _KNOWN_LAYOUTS.get(fields - extra)
    if known:
        return InputError(
            f"{file.file_name} {_describe_count(fields)} per record: "
            f"{_name_layout(file, fields)}, {known}; "
            f"{_name_layout(file, expected)} of the as-of date has {expected}",
            f"{AGAIN[file.side]} in that layout, or check the as-of date",
        )
    layouts = ", ".join(
        f"{fields + extra} ({described})" for fields, described in _KNOWN_LAYOUTS.items()
    )
    return InputError(
        f"{file.file_name} {_describe_count(fields)} per record; "
        f"{_name_layout(file, expected)} of the as-of date has {expected}",
        f"{AGAIN[file.side]}; the known layouts have these numbers of fields: {layouts}",
    )
