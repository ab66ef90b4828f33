"""Write what a comparison found: lists as CSV files, the sheets to work through, and the report."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.safe_csv import WITH_MARK, fetch_rows, write_safe_csv
from senr_duck.report import write_comparison
from senr_duck.report.compared import name_list_file
from senr_duck.run.parallel import start_in_parallel
from senr_duck.work_lists.compared_sheets import read_compared_sheets
from senr_duck.work_lists.workbook import write_workbook
from senr_duck.work_lists.write_lists import name_work_list

if TYPE_CHECKING:
    import duckdb

# The columns of each list, each with its column in the view.
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
ENTRY_COLUMNS = {
    "local_student_id": "local_student_id",
    "ssid": "ssid",
    "school_of_attendance": "school_of_attendance",
    "record": "record_key",
    "field": "field",
    "sis_value": "sis_value",
    "calpads_value": "value_to_enter",
    "reason": "reason",
}
ENTRIES_FILE = "enter_in_sis.csv"
# A workbook with more rows takes longer than the comparison, and nobody works through it.
_SHEET_ROWS = 20_000


def write_files(con: "duckdb.DuckDBPyConnection", file_type: str, folder: Path) -> int:
    """Write the lists and the report into a folder; return the number of rows of the whole list.

    The whole list has the work first. The other one has the values of CALPADS to enter in the SIS.
    """
    schema = file_type.lower()
    with start_in_parallel(con, write_comparison, folder / "report.html") as report:
        listed = _write(con, f"{schema}.listed", LIST_COLUMNS, folder / name_list_file(file_type))
        entries = f"{schema}.sis_entry where value_to_enter is not null"
        _write(con, entries, ENTRY_COLUMNS, folder / ENTRIES_FILE)
        report.result()
    return listed


def write_sheets(con: "duckdb.DuckDBPyConnection", folder: Path) -> Path | None:
    """Write the workbook that ``work-lists`` writes of this comparison into a folder.

    Returns its path, or None if it would have more than 20,000 rows; then there is no file.
    """
    found = read_compared_sheets(con)
    if sum(len(sheet.rows) for sheet in found.sheets) > _SHEET_ROWS:
        return None
    path = folder / name_work_list(found.lea, found.run.run_id)
    write_workbook(path, found.run, found.lea, found.sheets)
    return path


def _write(
    con: "duckdb.DuckDBPyConnection", rows: str, columns: Mapping[str, str], path: Path
) -> int:
    found = con.execute(
        f"""
        select {", ".join(columns.values())}
        from {rows}
        order by
            reason_position, school_of_attendance, ssid, record_key, ods_line, sis_line,
            compared_place
        """  # noqa: S608 - names of this module
    )
    return write_safe_csv(path, columns, fetch_rows(found), WITH_MARK)
