"""Write a work list as an Excel workbook: one sheet for all schools, and one for each."""

import math
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senr_duck.errors import InputError
from senr_duck.files.workspace import create_private_file
from senr_duck.work_lists.items import ListedRun, WorkItem
from senr_duck.work_lists.sheet_names import name_sheets

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_ALL = "All schools"
_NONE = "No school"
_MOST_ROWS = 1_048_575  # of a sheet, without its header
_LONGEST_CELL = 32_767  # characters
_LINE, _HIGHEST_ROW = 13, 409  # points
_SIGNS, _LAST_WORD = 1.1, 6  # characters in a unit of width; those that lines lose to long words
_LETTER = 1  # Excel's number of the paper
_AUTHOR = "senr-duck"
# The part of a workbook that says who made it and when; ours has less than 1,000 bytes.
_CORE, _CORE_AT_MOST = "docProps/core.xml", 100_000
_DAYS = re.compile(rb"<dcterms:(?:created|modified)\b[^>]*>([^<]*)</dcterms:")


@dataclass(frozen=True)
class _Column:
    """A column: what it shows, its header, and its width in characters.

    ``is_plain`` cells stay text even if someone edits them, so that no zero is lost.
    """

    value: str
    title: str
    width: float
    is_plain: bool = True


_COLUMNS = (
    _Column("new", "New", 6),
    _Column("harm", "At stake", 12),
    _Column("school_label", "School", 17),
    _Column("student_name", "Student", 17),
    _Column("local_student_id", "Local ID", 10),
    _Column("ssid", "SSID", 11.5),
    _Column("start", "Start", 10.5),
    _Column("statement", "What is wrong", 30, is_plain=False),
    _Column("calpads_has", "CALPADS has", 23, is_plain=False),
    _Column("sis_has", "The SIS has", 23, is_plain=False),
    _Column("fix", "What to do", 33, is_plain=False),
    _Column("rule", "Rule", 16),
    _Column("done", "Done", 7),
    _Column("by", "By", 9),
)


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


def write_workbook(
    path: Path,
    run: ListedRun,
    lea: str,
    items: Sequence[WorkItem],
    since: str | None = None,
    new: Collection[WorkItem] = frozenset(),
) -> None:
    """Fill a workbook with an LEA's items, each on the sheet of all schools and on its school's.

    The order is that of ``items``. All cells are text, and the same items give the same bytes. With
    ``since``, the ID of an earlier run, a column marks the items in ``new``. Raises InputError if
    there are more items than a sheet has rows.
    """
    if len(items) > _MOST_ROWS:
        raise InputError(
            f"LEA {lea}: found {len(items):,} problems, expected at most {_MOST_ROWS:,}, because a "
            "sheet of Excel has no more rows",
            "look at exceptions.csv and fix what it has most of, then run again",
        )
    sheets: list[tuple[str, str, Sequence[WorkItem]]] = [(_ALL, "", items)]
    sheets += _group_by_school(items)
    names = name_sheets([(title, code) for title, code, _ in sheets])
    with _open_book(path, run, lea) as book:
        formats = _Formats(book)
        for number, (name, (_, _, of_sheet)) in enumerate(zip(names, sheets, strict=True)):
            left_out = {*(() if since else ("new",)), *(("school_label",) if number else ())}
            columns = [column for column in _COLUMNS if column.value not in left_out]
            sheet = book.add_worksheet(name)
            _set_page(sheet, columns, len(of_sheet), formats)
            sheet.set_header(
                f"&L&B{_escape(name)}&B, LEA {_escape(lea or 'unknown')}"
                f"&R{_escape(f'new since {since}, ' if since else '')}as of {run.as_of}"
            )
            sheet.set_footer(f"&LStudent data. Run {run.run_id}&RPage &P of &N")
            _write_rows(sheet, columns, of_sheet, new, formats)


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


def _group_by_school(
    items: Sequence[WorkItem],
) -> list[tuple[str, str, Sequence[WorkItem]]]:
    """Return name, code, and items of each school, sorted by name; no school comes last."""
    groups: dict[tuple[str, str], list[WorkItem]] = {}
    for item in items:
        # a school that is not on the list has only its code, which may be any text
        title = (item.school_name or "School") if item.school else _NONE
        groups.setdefault((title, item.school), []).append(item)
    ordered = sorted(groups.items(), key=lambda group: (not group[0][1], group[0]))
    return [(title, code, of_school) for (title, code), of_school in ordered]


def _set_page(sheet: Any, columns: Sequence[_Column], rows: int, formats: _Formats) -> None:
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


def _write_rows(
    sheet: Any,
    columns: Sequence[_Column],
    items: Sequence[WorkItem],
    new: Collection[WorkItem],
    formats: _Formats,
) -> None:
    last_student = None
    for row, item in enumerate(items, start=1):
        is_first = row > 1 and item.student_key != last_student
        last_student = item.student_key
        cells = [_show(item, column.value, item in new)[:_LONGEST_CELL] for column in columns]
        sheet.set_row(row, _measure(cells, columns))
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            # write_string takes a text as it is: no formula, no link, no number
            cell_format = formats.cells[column.is_plain, is_first]
            if cell:
                sheet.write_string(row, place, cell, cell_format)
            else:
                sheet.write_blank(row, place, None, cell_format)


def _measure(cells: Sequence[str], columns: Sequence[_Column]) -> float:
    """Return the height of a row in points; not every program measures wrapped text itself."""
    lines = max(
        math.ceil((len(cell) + _LAST_WORD) / (_SIGNS * column.width))
        for cell, column in zip(cells, columns, strict=True)
    )
    return min(lines * _LINE + 3, _HIGHEST_ROW)


def _show(item: WorkItem, value: str, is_new: bool) -> str:
    match value:
        case "new":
            return "new" if is_new else ""
        case "done" | "by":
            return ""
        case "school_label":
            return " ".join(filter(None, (item.school_name, item.school)))
        case "statement" | "calpads_has" | "sis_has" | "fix":
            return _say(getattr(item, value))
        case _:
            return str(getattr(item, value) or "")


def _say(text: str) -> str:
    """Return a text as a sentence."""
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."


def _escape(text: str) -> str:
    """Return a text for a page's header, in which & begins a code and a digit may belong to it."""
    return text.replace("&", "&&")


def _name_column(number: int) -> str:
    return chr(ord("A") + number - 1)
