"""Read what the files leave outside the enrollments, to show it with its student."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# A program or a language status: file, code, school, start, end, what is wrong, what to do.
Orphaned = list[str]


def read_orphaned(con: "duckdb.DuckDBPyConnection") -> dict[int, list[Orphaned]]:
    """Return the programs and statuses of each student, by the student's number.

    Call ``choose_students`` first: this reads its tables. Without the extracts of SPRG and SELA
    there are none.
    """
    found: dict[int, list[Orphaned]] = {}
    for n, *values in con.execute(
        """
        select
            chosen.n,
            orphaned.file_type,
            orphaned.code,
            orphaned.school_of_attendance,
            cast(orphaned.start_date as varchar),
            cast(orphaned.end_date as varchar),
            orphaned.meaning,
            orphaned.what_to_do
        from chosen_student as chosen
        inner join recon.orphaned_item as orphaned on chosen.student_key = orphaned.student_key
        order by
            chosen.n,
            orphaned.file_type,
            orphaned.school_of_attendance,
            orphaned.start_date,
            orphaned.code,
            orphaned.file_name,
            orphaned.line_number
        """
    ).fetchall():
        found.setdefault(n, []).append([value or "" for value in values])
    return found
