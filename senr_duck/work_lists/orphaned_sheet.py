"""The sheet with the programs and language statuses that the files leave outside enrollments."""

from typing import TYPE_CHECKING

from senr_duck.work_lists.items import ListedRun
from senr_duck.work_lists.sheets import BY, DONE, Column, Row, Sheet, say

if TYPE_CHECKING:
    import duckdb

_TITLE = "Left outside enrollments"
_COLUMNS = (
    Column("School", 17),
    Column("Student", 17),
    Column("Local ID", 10),
    Column("SSID", 11.5),
    Column("File", 8),
    Column("Program or status", 12),
    Column("Start", 10.5),
    Column("End", 10.5),
    Column("What is wrong", 30, is_plain=False),
    Column("What to do", 33, is_plain=False),
    DONE,
    BY,
)


def read_orphaned_sheets(con: "duckdb.DuckDBPyConnection", run: ListedRun) -> dict[str, Sheet]:
    """Return the sheet of each LEA that has such a record."""
    rows: dict[str, list[Row]] = {}
    for lea, ssid, *cells, meaning, fix in con.execute(
        """
        select
            orphaned.reporting_lea,
            orphaned.ssid,
            concat_ws(' ', school.name, orphaned.school_of_attendance),
            orphaned.student_name,
            orphaned.local_student_id,
            orphaned.ssid,
            orphaned.file_type,
            orphaned.code,
            cast(orphaned.start_date as varchar),
            cast(orphaned.end_date as varchar),
            orphaned.meaning,
            orphaned.what_to_do
        from recon.orphaned_item as orphaned
        left join recon.school_name as school
            on
                orphaned.reporting_lea = school.reporting_lea
                and orphaned.school_of_attendance = school.school_of_attendance
        order by
            orphaned.reporting_lea,
            orphaned.school_of_attendance nulls last,
            upper(strip_accents(coalesce(orphaned.student_name, ''))),
            orphaned.ssid,
            orphaned.file_type,
            orphaned.start_date,
            orphaned.code,
            orphaned.file_name,
            orphaned.line_number
        """
    ).fetchall():
        shown = (*(cell or "" for cell in cells), say(meaning), say(fix), "", "")
        rows.setdefault(lea, []).append(Row(ssid, shown))
    return {
        lea: Sheet(_TITLE, "", _COLUMNS, of_lea, run.run_id, run.as_of)
        for lea, of_lea in rows.items()
    }
