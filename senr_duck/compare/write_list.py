"""Write the list of a comparison as a CSV file for spreadsheets."""

from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.safe_csv import WITH_MARK, fetch_rows, write_safe_csv

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
    "remark": "remark",
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
    """Write the list, with the work first, and return the number of its rows."""
    found = con.execute(
        f"""
        select {", ".join(LIST_COLUMNS.values())}
        from {schema}.listed
        order by
            reason_position, school_of_attendance, ssid, record_key, ods_line, sis_line,
            compared_place
        """  # noqa: S608 - names of this module
    )
    return write_safe_csv(path, LIST_COLUMNS, fetch_rows(found), WITH_MARK)
