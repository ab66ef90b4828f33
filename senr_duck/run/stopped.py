"""Leave the lines of unreadable columns in the folder ``stopped``, so that one can look at them."""

import csv
import io
import shutil
from pathlib import Path

from senr_duck.export.exceptions import EXCEPTION_COLUMNS
from senr_duck.files.workspace import write_text
from senr_duck.load.refused_columns import UnreadableColumns
from senr_duck.privacy.spreadsheet import make_safe


def write_stopped(stop: UnreadableColumns, scratch: Path, out: Path) -> Path:
    """Replace the folder ``stopped`` under ``out``; return its exceptions.csv.

    The file has the columns of a run's exceptions.csv, with a row for each of the first lines of
    each column. ``scratch`` is a private folder under ``out``.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(EXCEPTION_COLUMNS)
    for line in stop.lines:
        writer.writerow(make_safe(line.get(column)) for column in EXCEPTION_COLUMNS)
    folder = scratch / "stopped"
    folder.mkdir(mode=0o700)
    write_text(folder / "exceptions.csv", text.getvalue())
    final = out / "stopped"
    shutil.rmtree(final, ignore_errors=True)
    folder.rename(final)
    return final / "exceptions.csv"
