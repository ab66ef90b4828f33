"""Read what the files leave outside the enrollments, to show it with its student."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# A program or a language status: file, code, school, start, end, what is wrong, what to do.
Orphaned = list[str]


def read_orphaned(con: "duckdb.DuckDBPyConnection") -> tuple[dict[int, list[Orphaned]], int]:
    """Return the programs and statuses of each chosen student, by the student's number, and of all.

    The second value is how many there are, also of students who are not chosen. Call
    ``choose_students`` first: this reads its tables. Without the extracts of SPRG and SELA there
    are none.
    """
    found: dict[int | None, list[Orphaned]] = {}
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
        from recon.orphaned_item as orphaned
        left join chosen_student as chosen on orphaned.student_key = chosen.student_key
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
    count = sum(map(len, found.values()))
    return {n: items for n, items in found.items() if n is not None}, count
