"""Check what is in an Excel workbook before its cells are read."""

import re
import zipfile

from senr_duck.errors import InputError
from senr_duck.load.file_kind import refuse_form
from senr_duck.load.packed_file import check_parts, list_office_parts
from senr_duck.load.plain_file import PlainFile

# Cells of a sheet, blank ones between filled ones included: all of them are held in memory. The
# longest sheet of Excel has 1,048,576 rows, so this is 47 columns of such a one.
_MOST_CELLS = 50_000_000
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')
_OTHERS = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "mimetype": "an OpenDocument file",
}


def check_workbook(file: PlainFile) -> None:
    """Raise InputError for an Office file that must not, or cannot, be read as a SIS extract.

    That is one of another kind than a workbook, one that is named as the ODS extract, is damaged or
    too large, or has a sheet that memory could not hold.
    """
    parts = list_office_parts(file.path)
    if "xl/workbook.xml" not in parts:
        found = next((name for part, name in _OTHERS.items() if part in parts), "an Office file")
        error = refuse_form(file, found)
        error.hint += ", as an Excel workbook (.xlsx) or CSV UTF-8" if file.side == "sis" else ""
        raise error
    if file.side == "ods":
        raise refuse_form(file, "an Excel workbook, in which leading zeros of codes may be lost")
    check_parts(file.path)
    _refuse_far_cells(file)


def _refuse_far_cells(file: PlainFile) -> None:
    """Raise InputError if a sheet has so many cells that memory could end."""
    with zipfile.ZipFile(file.path) as archive:
        for part in archive.namelist():
            if not part.startswith("xl/worksheets/") or part.endswith("/"):
                continue
            with archive.open(part) as content:
                found = _DIMENSION.search(content.read(4096))
            if found and _count_cells(found[1], int(found[2])) > _MOST_CELLS:
                raise InputError(
                    f"{file.file_name} has a sheet of more than {_MOST_CELLS:,} cells, blank ones "
                    "included; expected a table of records",
                    "delete the rows and columns behind the table, or save the sheet as CSV UTF-8",
                )


def _count_cells(last_column: bytes, rows: int) -> int:
    columns = 0
    for letter in last_column:
        columns = columns * 26 + letter - ord("A") + 1
    return columns * rows
