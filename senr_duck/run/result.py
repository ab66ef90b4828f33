"""What a finished run did, for all of its LEAs and for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senr_duck.export.archive import UploadFile, name_archive
from senr_duck.export.upload_names import name_in_run
from senr_duck.report.since_last_run import SinceLastRun

if TYPE_CHECKING:
    import duckdb

    from senr_duck.settings.settings import Settings


@dataclass(frozen=True)
class LeaResult:
    """What a run did for one LEA: its zip, and the files in the zip in upload order."""

    lea: str
    archive: Path | None
    files: tuple[UploadFile, ...]
    held_students: int


@dataclass(frozen=True)
class RunResult:
    """What a finished run did, in numbers and files.

    ``held_students_by_lea`` counts students, who count in each of their LEAs, and under None if
    their LEA cannot be read; all other counts are of records. Unless ``is_published`` is true,
    there is nothing at ``out_dir``. ``accounting`` has the number of lines of each side by class,
    ``exceptions`` the number of findings by rule. ``files`` are by LEA, in upload order.
    ``made_before`` is when the same run was last made (ISO 8601), if it was; ``since_last_run``
    compares with the last other run of the same LEAs and schools, if there is one.
    ``orphaned`` has the number of programs and language statuses that the files leave outside the
    enrollments, by file type; None if the run has read no such extract.
    """

    run_id: str
    out_dir: Path
    is_published: bool
    database: Path
    settings: "Settings"
    files: tuple[UploadFile, ...]
    accounting: dict[str, dict[str, int]]
    exceptions: dict[str, int]
    held_students_by_lea: dict[str | None, int]
    notices: tuple[str, ...]
    made_before: str | None
    since_last_run: SinceLastRun | None
    seconds: float
    orphaned: dict[str, int] | None = None

    @property
    def held_students(self) -> int:
        """Return how many students are on hold."""
        return sum(self.held_students_by_lea.values())

    @property
    def archive(self) -> Path | None:
        """Return the zip of a run of one LEA; None for several LEAs or a run that only checked."""
        return self.leas[0].archive if len(self.leas) == 1 else None

    @property
    def named_files(self) -> tuple[tuple[str, UploadFile], ...]:
        """Return the files of all LEAs, each with its name in the run's folder."""
        is_of_several = len(self.settings.leas) > 1
        return tuple((name_in_run(file.name, file.lea, is_of_several), file) for file in self.files)

    @property
    def leas(self) -> tuple[LeaResult, ...]:
        """Return the result for each LEA, sorted by code."""
        files: dict[str, list[UploadFile]] = {}
        for file in self.files:
            files.setdefault(file.lea, []).append(file)
        return tuple(
            LeaResult(
                lea,
                self.out_dir / name_archive(lea, self.settings.as_of)
                if self.is_published
                else None,
                tuple(files[lea]),
                self.held_students_by_lea.get(lea, 0),
            )
            for lea in self.settings.leas
        )


def read_exceptions(con: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    """Return the number of findings of each rule."""
    return dict(
        con.execute(
            "select rule, count(*) from recon.finding group by rule order by rule"
        ).fetchall()
    )


def read_held_students(
    con: "duckdb.DuckDBPyConnection", only_lea: str | None
) -> dict[str | None, int]:
    """Return the number of students on hold per LEA; in a run of one LEA, all count for it."""
    if only_lea:
        return {only_lea: con.execute("select count(*) from recon.held_student").fetchall()[0][0]}
    return dict(
        con.execute(
            """
            with students as (
                select student_key, student_lea from recon.ods_to_compare
                union
                select student_key, student_lea from recon.sis_to_compare
            )
            select nullif(students.student_lea, ''), count(*)
            from recon.held_student
            inner join students on held_student.student_key = students.student_key
            group by all
            order by all
            """
        ).fetchall()
    )


def read_orphaned(
    con: "duckdb.DuckDBPyConnection", hanging: Sequence[str]
) -> dict[str, int] | None:
    """Return how many records of each file the upload files leave outside the enrollments.

    ``hanging`` are the files that the run has read; without any, nothing is known.
    """
    if not hanging:
        return None
    counts = dict(
        con.execute(
            "select file_type, count(*) from recon.orphaned_program group by file_type"
        ).fetchall()
    )
    return {file_type: counts.get(file_type, 0) for file_type in hanging}
