"""Write the list of programs and language statuses that the files leave outside enrollments."""

from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.safe_csv import WITH_MARK, fetch_rows, write_safe_csv

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
    """Write every row by student, as ``write_safe_csv`` does."""
    found = con.execute(
        f"""
        select {", ".join(ORPHANED_COLUMNS)}
        from recon.orphaned_program
        order by ssid, file_type, school_of_attendance, start_date, code, file_name, line_number
        """  # noqa: S608 - names of this module
    )
    write_safe_csv(path, ORPHANED_COLUMNS, fetch_rows(found), WITH_MARK)
