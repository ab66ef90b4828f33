"""Read a text extract record by record."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from senr_duck.errors import InputError
from senr_duck.load.plain_file import PlainFile
from senr_duck.load.text_lines import AGAIN, LONGEST_LINE, read_lines

DELIMITERS = {"^": "caret", ",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe"}


@dataclass(frozen=True)
class TextForm:
    """How the records of a text extract are written.

    ``fields`` is how many a line must have, from the layout in force or the header line.
    ``line_end`` is that of the first record or of the header. ``above`` is the number of lines over
    it. A header gives the columns (``is_table``), or only repeats those of the layout. A file
    without quotes (``is_quoted``) has quotation marks as ordinary characters. ``has_rule``: a line
    of dashes is below the header.
    """

    delimiter: str
    fields: int
    has_header: bool
    line_end: str
    is_table: bool = False
    is_quoted: bool = False
    has_rule: bool = False
    above: int = 0


class Row(NamedTuple):
    """A record, or what is in its place: the number of its first line, and its cells.

    ``is_quoted``: there are quotation marks in it. ``is_whole``: its line has an end.
    """

    number: int
    cells: list[str]
    is_quoted: bool = False
    is_whole: bool = True


def read_header(file: PlainFile, form: TextForm, encoding: str) -> list[str]:
    """Return the names in the header; raises InputError as read_rows does."""
    return next(read_rows(file, form, encoding)).cells


def read_rows(file: PlainFile, form: TextForm, encoding: str) -> Iterator[Row]:
    """Yield the header, if there is one, and every row below it; a blank line has no cells.

    Raises InputError as read_lines does, and if a quoted field is not closed.
    """
    with closing(read_lines(file, encoding)) as lines:
        yield from _read_rows(file, form, lines)


def _read_rows(file: PlainFile, form: TextForm, lines: Iterator[str]) -> Iterator[Row]:
    seen = _SeenLines(islice(lines, form.above, None))
    reader = csv.reader(
        seen,
        delimiter=form.delimiter,
        quoting=csv.QUOTE_MINIMAL if form.is_quoted else csv.QUOTE_NONE,
        strict=True,
    )
    line_number = form.above + 1
    try:
        for cells in reader:
            next_line = form.above + reader.line_num + 1
            if next_line > line_number + 1 and sum(map(len, cells)) > LONGEST_LINE:
                raise csv.Error  # a quoted field does not end
            yield Row(line_number, cells, seen.has_quote, seen.last.endswith("\n"))
            seen.has_quote = False
            line_number = next_line
    except csv.Error:
        raise InputError(
            f"{file.file_name}: in the record that starts on line {line_number}, a quoted field "
            f"does not end before a {DELIMITERS[form.delimiter]} or a line end; expected "
            "quotation marks as in RFC 4180",
            f"{AGAIN[file.side]}, or check for a stray quotation mark in that record",
        ) from None


class _SeenLines:
    """Lines on their way into the csv module, which does not say how a field was written."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.last = ""
        self.has_quote = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.last = next(self._lines)
        self.has_quote = self.has_quote or '"' in self.last
        return self.last
