"""Load the one sheet of an Excel workbook that is a SIS extract."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from senr_duck.errors import InputError
from senr_duck.load.file_kind import refuse_form
from senr_duck.load.header_line import MOST_ABOVE, describe_above, find_header, refuse_record_above
from senr_duck.load.headers import ColumnNames, has_required, match_header, point_to_draft
from senr_duck.load.plain_file import PlainFile, hash_file
from senr_duck.load.raw_table import LoadedLines, create_line_table
from senr_duck.load.record_writer import describe_passed_over, write_records
from senr_duck.load.text import select_rewritten
from senr_duck.load.text_lines import AGAIN
from senr_duck.load.text_records import Row
from senr_duck.load.workbook_parts import check_workbook
from senr_duck.load.wrong_lines import refuse_wrong_lines
from senr_duck.privacy.shown_list import name_count, name_first
from senr_duck.privacy.shown_value import escape_controls


@dataclass(frozen=True)
class _Sheet:
    """A sheet with a header: its first rows, and the header's place among them, from 0."""

    sheet: CalamineSheet
    first_rows: list[list[str]]
    place: int
    names: int

    @property
    def header(self) -> list[str]:
        return self.first_rows[self.place]

    def fits(self, file: PlainFile, known: ColumnNames) -> bool:
        """Return whether the sheet has every required column, and a record.

        In a draft, a column that a name probably means counts.
        """
        try:
            header = match_header(self.header, file.file_name, known)
        except InputError:
            return False
        if known.is_draft and not has_required(header, known):
            return False
        return any(any(map(str.strip, row)) for row in self.first_rows[self.place + 1 :])


def load_workbook(
    con: duckdb.DuckDBPyConnection, file: PlainFile, known: ColumnNames, folder: Path
) -> LoadedLines:
    """Create the table of the SIS with the records of a sheet, each known column as text.

    Of several sheets, it is the one that has all required columns. Dates become YYYYMMDD, whole
    numbers digits alone; row numbers are used as line numbers. Raises InputError for a workbook
    that is damaged, or has no such sheet or several; and as check_workbook, match_header, and
    refuse_wrong_lines do.
    """
    check_workbook(file)
    with _damage_refused(file):
        found_sheet = _choose_sheet(file, known)
        above = found_sheet.first_rows[: found_sheet.place]
        refuse_record_above(file, above, "row")
        header = [name.strip() for name in found_sheet.header]
        left = next(place for place, name in enumerate(header) if name)
        right = len(header) - next(place for place, name in enumerate(header[::-1]) if name)
        columns = match_header(header[left:right], file.file_name, known)
        target = folder / "records.csv"
        outside: Counter[str] = Counter()
        rows = _read_rows(found_sheet, left, right, outside)
        written = write_records(rows, right - left, target, found_sheet.header[left:right])
    refuse_wrong_lines(file, written, None, has_names=True)
    if not written.records:
        raise refuse_form(file, "without any record")
    create_line_table(con, file, select_rewritten(target, columns), written.records)
    return LoadedLines(
        columns=columns.known,
        has_header=True,
        records=written.records,
        sha256=hash_file(file.path),
        notices=(
            *file.notices,
            f"{file.file_name}: read from sheet {_name_sheet(found_sheet)} of the workbook",
            *describe_above(file, above, "header"),
            *describe_passed_over(file.file_name, written, None),
            *(
                f"{file.file_name}: cells next to the columns of the header are ignored, in "
                f"{name_count(count, row)}"
                for row, count in outside.items()
            ),
            *columns.notices,
        ),
        unknown_names=columns.unknown_names,
    )


def _choose_sheet(file: PlainFile, known: ColumnNames) -> _Sheet:
    """Return the sheet to read: the one that fits, or else the one with the most known names."""
    book = CalamineWorkbook.from_path(str(file.path))
    sheets = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.start is None:  # it has no cell
            continue
        rows = [[_show(cell) for cell in row] for row in islice(sheet.iter_rows(), MOST_ABOVE)]
        place, names = find_header(rows, known)
        if names:
            sheets.append(_Sheet(sheet, rows, place, names))
    if not sheets:
        error = refuse_form(
            file,
            f"an Excel workbook without a sheet that has a header of {file.type_code} field names",
        )
        raise point_to_draft(error, file, known)
    fitting = [one for one in sheets if one.fits(file, known)]
    if len(fitting) > 1:
        raise InputError(
            f"{file.file_name} is an Excel workbook with {name_count(len(fitting), 'sheet')} that "
            f"could be the extract: {name_first([_name_sheet(one) for one in fitting])}; expected "
            "one",
            "save the sheet that is the extract in a workbook of its own, or as CSV UTF-8",
        )
    return fitting[0] if fitting else max(sheets, key=lambda one: one.names)


def _read_rows(found: _Sheet, left: int, right: int, outside: Counter[str]) -> Iterator[Row]:
    """Yield the rows below the header, without the columns left and right of it.

    Counts the rows that have something there.
    """
    rows = enumerate(found.sheet.iter_rows(), start=1)
    for number, row in islice(rows, found.place + 1, None):
        cells = [_show(cell) for cell in row[left:right]]
        if any(_show(cell).strip() for cell in (*row[:left], *row[right:])):
            outside["row"] += 1
        yield Row(number, cells if any(map(str.strip, cells)) else [])


def _show(cell: object) -> str:
    """Return a cell as text, as the extract would have it in a text file."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    if isinstance(cell, datetime) and cell.time() != time.min:
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return f"{cell.year:04}{cell.month:02}{cell.day:02}"
    return str(cell)


def _name_sheet(found: _Sheet) -> str:
    return f'"{escape_controls(found.sheet.name)}"'


@contextmanager
def _damage_refused(file: PlainFile) -> Iterator[None]:
    try:
        yield
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise InputError(
            f"{file.file_name} is damaged: its cells cannot be read", AGAIN[file.side]
        ) from error
