"""Write the sheets of a work list as an Excel workbook."""

import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck.errors import InputError
from senr_duck.files.workspace import create_private_file
from senr_duck.work_lists.items import ListedRun
from senr_duck.work_lists.sheet_names import name_sheets
from senr_duck.work_lists.sheets import Column, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_MOST_ROWS = 1_048_575  # of a sheet, without its header
_LONGEST_CELL = 32_767  # characters
_LINE, _HIGHEST_ROW = 13, 409  # points
_SIGNS, _LAST_WORD = 1.1, 6  # characters in a unit of width; those that lines lose to long words
_LETTER = 1  # Excel's number of the paper
_AUTHOR = "senr-duck"
# The part of a workbook that says who made it and when; ours has less than 1,000 bytes.
_CORE, _CORE_AT_MOST = "docProps/core.xml", 100_000
_DAYS = re.compile(rb"<dcterms:(?:created|modified)\b[^>]*>([^<]*)</dcterms:")


@contextmanager
def _open_book(path: Path, run: ListedRun, lea: str) -> "Iterator[Workbook]":
    import xlsxwriter

    create_private_file(path)
    # without in_memory, XlsxWriter would write the students to the system's temporary folder
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": f"Work list of LEA {lea or 'unknown'}, run {run.run_id}",
                "author": _AUTHOR,
                # a day of the run, so that the bytes do not depend on the clock
                "created": datetime.fromisoformat(run.as_of),
            }
        )
        yield book


def write_workbook(path: Path, run: ListedRun, lea: str, sheets: Sequence[Sheet]) -> None:
    """Write a workbook of an LEA with the sheets.

    All cells are text, and the same sheets give the same bytes. Raises InputError for one that has
    more rows than a sheet can have.
    """
    for sheet in sheets:
        if len(sheet.rows) > _MOST_ROWS:
            raise InputError(
                f"LEA {lea}: found {len(sheet.rows):,} rows for the sheet {sheet.title}, expected "
                f"at most {_MOST_ROWS:,}, because a sheet of Excel has no more",
                "look at the CSV file with the same rows, and fix what it has most of first",
            )
    names = name_sheets([(sheet.title, sheet.code) for sheet in sheets])
    with _open_book(path, run, lea) as book:
        formats = _Formats(book)
        for name, sheet in zip(names, sheets, strict=True):
            page = book.add_worksheet(name)
            _set_page(page, sheet.columns, len(sheet.rows), formats)
            page.set_header(
                f"&L&B{_escape(name)}&B, LEA {_escape(lea or 'unknown')}"
                f"&R{_escape(f'new since {sheet.since}, ' if sheet.since else '')}"
                f"as of {sheet.as_of}"
            )
            page.set_footer(f"&LStudent data. Run {sheet.run_id}&RPage &P of &N")
            _write_rows(page, sheet, formats)


def is_untouched(path: Path) -> bool:
    """Return whether a file is a work list that no program has saved since it was written.

    Excel and others put the time at which they save a workbook into it. Then it may have notes that
    must not be lost.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            if parts.getinfo(_CORE).file_size > _CORE_AT_MOST:
                return False
            core = parts.read(_CORE)
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        return False  # not a workbook, or a damaged one
    days = _DAYS.findall(core)
    is_ours = f"<dc:creator>{_AUTHOR}</dc:creator>".encode() in core
    return is_ours and len(days) == 2 and days[0] == days[1]


class _Formats:
    """The formats of a workbook: of the header, and of cells by what they hold."""

    def __init__(self, book: "Workbook") -> None:
        base: dict[str, Any] = {"text_wrap": True, "valign": "top", "font_size": 10}
        # gray lines between cells, a black one above each student
        base |= dict.fromkeys(("left", "right", "bottom"), 4) | {"border_color": "#999999"}
        self.header = book.add_format(
            {**base, "bold": True, "bg_color": "#E4E4E4", "bottom": 1, "num_format": "@"}
        )
        self.cells = {
            (is_plain, is_first): book.add_format(
                base
                | ({"num_format": "@"} if is_plain else {})
                | ({"top": 1, "top_color": "#000000"} if is_first else {})
            )
            for is_plain in (True, False)
            for is_first in (True, False)
        }


def _set_page(sheet: Any, columns: Sequence[Column], rows: int, formats: _Formats) -> None:
    """Set widths, the frozen header with its filters, and a printed page as wide as a sheet."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, formats.header)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_LETTER)
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    # these are texts on purpose
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_name_column(len(columns))}{rows + 1}"})


def _write_rows(page: Any, sheet: Sheet, formats: _Formats) -> None:
    last_student = None
    for number, row in enumerate(sheet.rows, start=1):
        is_first = number > 1 and row.student != last_student
        last_student = row.student
        cells = [cell[:_LONGEST_CELL] for cell in row.cells]
        page.set_row(number, _measure(cells, sheet.columns))
        for place, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            # write_string takes a text as it is: no formula, no link, no number
            cell_format = formats.cells[column.is_plain, is_first]
            if cell:
                page.write_string(number, place, cell, cell_format)
            else:
                page.write_blank(number, place, None, cell_format)


def _measure(cells: Sequence[str], columns: Sequence[Column]) -> float:
    """Return the height of a row in points; not every program measures wrapped text itself."""
    lines = max(
        math.ceil((len(cell) + _LAST_WORD) / (_SIGNS * column.width))
        for cell, column in zip(cells, columns, strict=True)
    )
    return min(lines * _LINE + 3, _HIGHEST_ROW)


def _escape(text: str) -> str:
    """Return a text for a page's header, in which & begins a code and a digit may belong to it."""
    return text.replace("&", "&&")


def _name_column(number: int) -> str:
    return chr(ord("A") + number - 1)
