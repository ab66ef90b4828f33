"""Write the list of a comparison as a CSV file for spreadsheets."""

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.files.workspace import create_private_file
from senr_duck.privacy.spreadsheet import make_safe

if TYPE_CHECKING:
    import duckdb

# The columns of the list, each with its column in the view `listed`.
LIST_COLUMNS = {
    "class": "class",
    "reason": "reason",
    "acts": "acts",
    "ssid": "ssid",
    "local_student_id": "local_student_id",
    "school_of_attendance": "school_of_attendance",
    "record": "record_key",
    "field": "field",
    "calpads_value": "calpads_value",
    "sis_value": "sis_value",
    "meaning": "meaning",
    "what_to_do": "what_to_do",
    "ods_line": "ods_line_number",
    "sis_line": "sis_line_number",
    "reporting_lea": "reporting_lea",
    "ods_file": "ods_file",
    "sis_file": "sis_file",
}


def name_list_file(file_type: str) -> str:
    """Return the name of the list of a file's comparison."""
    return f"compare_{file_type.lower()}.csv"


def write_list(con: "duckdb.DuckDBPyConnection", schema: str, path: Path) -> int:
    """Write the list, with the work first, and sync the file; return the number of its rows.

    It begins with a byte-order mark, so that a spreadsheet reads its accents; lines end with CR LF
    (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    found = con.execute(
        f"""
        select {", ".join(LIST_COLUMNS.values())}
        from {schema}.listed
        order by
            reason_position, school_of_attendance, ssid, record_key, ods_line, sis_line,
            compared_place
        """  # noqa: S608 - names of this module
    )
    written = 0
    create_private_file(path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(LIST_COLUMNS)
        while rows := found.fetchmany(10_000):
            writer.writerows(map(make_safe, row) for row in rows)
            written += len(rows)
        file.flush()
        os.fsync(file.fileno())
    return written
