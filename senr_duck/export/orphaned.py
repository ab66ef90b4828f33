"""Write the list of programs and language statuses that the files leave outside enrollments."""

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.files.workspace import create_private_file
from senr_duck.privacy.spreadsheet import make_safe

if TYPE_CHECKING:
    import duckdb

ORPHANED_COLUMNS = (
    "file_type",
    "ssid",
    "school_of_attendance",
    "code",
    "membership",
    "start_date",
    "end_date",
    "line_number",
    "file_name",
)


def write_orphaned(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Write every row by student, and sync the file; lines end with CR LF (RFC 4180).

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    found = con.execute(
        f"""
        select {", ".join(ORPHANED_COLUMNS)}
        from recon.orphaned_program
        order by ssid, file_type, school_of_attendance, start_date, code, file_name, line_number
        """  # noqa: S608 - names of this module
    )
    create_private_file(path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(ORPHANED_COLUMNS)
        while rows := found.fetchmany(10_000):
            writer.writerows(map(make_safe, row) for row in rows)
        file.flush()
        os.fsync(file.fileno())
