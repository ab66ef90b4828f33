"""Write a run's list of exceptions as a CSV file for spreadsheets."""

from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.safe_csv import WITH_MARK, fetch_rows, write_safe_csv

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
    """Write every finding, fatal ones first, as ``write_safe_csv`` does."""
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
    write_safe_csv(path, EXCEPTION_COLUMNS, fetch_rows(found), WITH_MARK)
