"""What the published database says of students: both sides' enrollments, what is sent or held."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from senr_duck.student_tables import create_student_tables

if TYPE_CHECKING:
    import duckdb

# The order in which a student's enrollments are read.
SIDES = ("ods", "sis", "target", "planned")


@dataclass(frozen=True)
class Enrollment:
    """One enrollment as one side has it; ``side`` is one of SIDES.

    ``ods`` is CALPADS's record, ``sis`` the SIS's after translation, ``target`` the SIS's as
    CALPADS should show it, and ``planned`` the record that is sent. ``ods_line`` and ``sis_line``
    are the lines of both extracts that belong together; the other side's is None where a record
    stands alone. Dates are YYYY-MM-DD, or what the extract has where that is no date. ``file``
    names the upload file; ``exit_outcome`` says of a target how its exit was found.
    """

    side: str
    ods_line: int | None
    sis_line: int | None
    school: str | None
    school_nps: str | None
    start: str | None
    exit: str | None
    status: str | None
    grade: str | None
    exit_reason: str | None
    completion_status: str | None
    record_class: str
    reason: str | None
    file: str | None
    action_id: str | None
    exit_outcome: str | None


@dataclass(frozen=True)
class Difference:
    """A compared field in which a matched pair differs; a date is YYYY-MM-DD, blank is None."""

    ods_line: int
    sis_line: int
    field: str
    ods_value: str | None
    target_value: str | None


@dataclass(frozen=True)
class Finding:
    """What a check found on a record, with the catalogue's message and fix."""

    severity: str
    rule: str
    ods_line: int | None
    sis_line: int | None
    field: str | None
    value: str | None
    message: str
    fix: str


@dataclass(frozen=True)
class Student:
    """A student of either side; ``name`` is `Last, First Middle`, the SIS's if it has the student.

    ``key`` is the SSID, or a stand-in where a record has none (then ``ssid`` is None).
    """

    key: str
    ssid: str | None
    local_student_id: str | None
    name: str | None
    is_held: bool
    ods: tuple[Enrollment, ...]
    sis: tuple[Enrollment, ...]
    target: tuple[Enrollment, ...]
    planned: tuple[Enrollment, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]


def read_students(
    con: "duckdb.DuckDBPyConnection", student_keys: Iterable[str] | None = None
) -> tuple[Student, ...]:
    """Return the students of the keys, in the order of their keys; all that is known of them.

    None as keys means every student with something sent, held or listed; a key that neither
    extract has is left out. Within a student: enrollments by start date, school and line,
    differences by record and field, findings by severity and rule.
    """
    create_student_tables(con, student_keys)
    enrollments = _read_by_student(con, "student_enrollment", "ssid, local_student_id")
    differences = _read_by_student(con, "student_difference")
    findings = _read_by_student(con, "student_finding")
    students = []
    for n, key, ssid, local_student_id, name, is_held in con.execute(
        "select n, student_key, ssid, local_student_id, name, is_held from student_name order by n"
    ).fetchall():
        sides: dict[str, list[Enrollment]] = {side: [] for side in SIDES}
        for number, *values in enrollments.get(n, ()):
            side = SIDES[number]
            sides[side].append(Enrollment(side, *values))
        students.append(
            Student(
                key,
                ssid,
                local_student_id,
                name,
                is_held == "Y",
                **{side: tuple(found) for side, found in sides.items()},
                differences=tuple(Difference(*values) for values in differences.get(n, ())),
                findings=tuple(Finding(*values) for values in findings.get(n, ())),
            )
        )
    return tuple(students)


def _read_by_student(
    con: "duckdb.DuckDBPyConnection", table: str, left_out: str = ""
) -> dict[int, list[tuple[Any, ...]]]:
    """Return a table's rows by student, in the table's order, without the student's number."""
    but = f" exclude ({left_out})" if left_out else ""
    rows = con.execute(f"select *{but} from {table} order by rowid").fetchall()  # noqa: S608 - names of this module
    return {n: [row[1:] for row in found] for n, found in groupby(rows, key=itemgetter(0))}
