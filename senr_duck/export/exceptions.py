"""Write a run's list of exceptions as a CSV file for spreadsheets."""

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.files.workspace import create_private_file
from senr_duck.privacy.spreadsheet import make_safe

if TYPE_CHECKING:
    import duckdb

EXCEPTION_COLUMNS = (
    "severity",
    "rule",
    "ssid",
    "local_student_id",
    "school_of_attendance",
    "enrollment_start_date",
    "field",
    "value",
    "held",
    "ods_line",
    "sis_line",
    "message",
    "fix",
    "reporting_lea",
    "ods_file",
    "sis_file",
)


def write_exceptions(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Write every finding, fatal ones first, and sync the file; lines end with CR LF (RFC 4180).

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    found = con.execute(
        f"""
        select {", ".join(EXCEPTION_COLUMNS)}
        from recon.exception
        order by
            case severity when 'fatal' then 1 when 'warning' then 2 else 3 end,
            rule, school_of_attendance, ssid, enrollment_start_date, field, ods_line, sis_line,
            ods_file, sis_file
        """  # noqa: S608 - names of this module
    )
    create_private_file(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(EXCEPTION_COLUMNS)
        while rows := found.fetchmany(10_000):
            writer.writerows(map(make_safe, row) for row in rows)
        file.flush()
        os.fsync(file.fileno())
