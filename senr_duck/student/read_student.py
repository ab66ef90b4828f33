"""Read students from the published database: both sides' enrollments, what is sent or on hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from senr_duck.student.chosen_students import choose_students

if TYPE_CHECKING:
    import duckdb

_Row = dict[str, Any]


@dataclass(frozen=True)
class Enrollment:
    """One enrollment as one side has it; ``side`` says which.

    ``ods`` is CALPADS's record, ``sis`` the SIS's after translation, ``target`` the SIS's as
    CALPADS should show it, and ``planned`` the record that is sent. ``ods_line`` and ``sis_line``
    are the matching lines of the extracts, counted over all files of a side; one of them is None if
    a record has no match. ``line_number`` is the line in the record's own file, whose name is
    ``file_name``; a record that is sent has neither, and one that has posted since has no file.
    Dates are YYYY-MM-DD, or the text in the extract if it is not a date. ``file`` is the name of
    the upload file; ``exit_outcome`` says how a target's exit was found.
    """

    side: str
    ods_line: int | None
    sis_line: int | None
    school: str | None
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
    line_number: int | None
    file_name: str | None


@dataclass(frozen=True)
class Difference:
    """A compared field in which a matched pair differs; a date is YYYY-MM-DD, blank is None."""

    ods_line: int
    sis_line: int
    field: str
    ods_value: str | None
    target_value: str | None


@dataclass(frozen=True)
class RecordReason:
    """Why a record is sent, kept, or not sent, or puts its student on hold: code and sentence.

    ``record_class`` is the class that the record would have if its student were not on hold.
    """

    ods_line: int | None
    sis_line: int | None
    record_class: str
    reason: str
    explanation: str


@dataclass(frozen=True)
class Finding:
    """What a check found on a record: the rule's message with the facts, and the fix."""

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

    ``key`` is the SSID, or a substitute if a record has none (then ``ssid`` is None); in a run of
    several LEAs, the LEA comes before it. ``lea`` is None if it cannot be read in such a run.
    """

    key: str
    lea: str | None
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
    reasons: tuple[RecordReason, ...]


def read_students(
    con: "duckdb.DuckDBPyConnection", student_keys: Iterable[str] | None = None
) -> tuple[Student, ...]:
    """Return everything known about the students with these keys, in key order.

    If the keys are None, returns all students with something sent, on hold, or listed; keys that
    neither extract has are left out. A student's enrollments are sorted by start date, school, and
    line, differences by record and field, findings by severity and rule.
    """
    choose_students(con, student_keys)
    return read_chosen_students(con)


def read_chosen_students(
    con: "duckdb.DuckDBPyConnection", student_keys: Iterable[str] | None = None
) -> tuple[Student, ...]:
    """Return what ``read_students`` returns, from the tables that ``choose_students`` has made.

    With keys, returns only the students with these keys.
    """
    names = con.execute(
        """
        select n, student_key, lea, ssid, local_student_id, name, is_held from chosen_name
        where $keys is null or list_contains($keys, student_key)
        order by n
        """,
        {"keys": None if student_keys is None else list(student_keys)},
    ).fetchall()
    numbers = None if student_keys is None else [n for n, *_ in names]
    tables = ("ods", "sis", "planned", "difference", "finding", "reason")
    rows = {table: _read_by_student(con, f"chosen_{table}", numbers) for table in tables}
    return tuple(
        Student(
            key,
            lea,
            ssid,
            local_student_id,
            name,
            is_held,
            ods=tuple(_make_enrollment("ods", row) for row in rows["ods"].get(n, ())),
            sis=tuple(_make_enrollment("sis", row) for row in rows["sis"].get(n, ())),
            target=tuple(
                _make_enrollment("target", _show_target(row))
                for row in rows["sis"].get(n, ())
                if row["exit_outcome"] is not None
            ),
            planned=tuple(_make_enrollment("planned", row) for row in rows["planned"].get(n, ())),
            differences=tuple(Difference(**row) for row in rows["difference"].get(n, ())),
            findings=tuple(Finding(**row) for row in rows["finding"].get(n, ())),
            reasons=tuple(_make_reason(**row) for row in rows["reason"].get(n, ())),
        )
        for n, key, lea, ssid, local_student_id, name, is_held in names
    )


def _read_by_student(
    con: "duckdb.DuckDBPyConnection", table: str, numbers: list[int] | None
) -> dict[int, list[_Row]]:
    """Return a table's rows by student, in the table's order, without the student's number."""
    result = con.execute(
        f"""
        select * from {table}
        where $numbers is null or list_contains($numbers, n)
        order by rowid
        """,  # noqa: S608 - names of this module
        {"numbers": numbers},
    )
    columns = [column[0] for column in result.description or ()]
    rows: dict[int, list[_Row]] = {}
    for n, *values in result.fetchall():
        rows.setdefault(n, []).append(dict(zip(columns[1:], values, strict=True)))
    return rows


def _show_target(row: _Row) -> _Row:
    """Return a record of the SIS with the exit that CALPADS should show."""
    return {
        **row,
        "exit_date": row["target_exit_date"],
        "exit_reason": row["target_exit_reason"],
        "completion_status": row["target_completion_status"],
    }


def _make_reason(**row: Any) -> RecordReason:
    return RecordReason(record_class=row.pop("class"), **row)


def _make_enrollment(side: str, row: _Row) -> Enrollment:
    return Enrollment(
        side=side,
        ods_line=row["ods_line"],
        sis_line=row["sis_line"],
        school=row["school"],
        start=row["start_date"],
        exit=row["exit_date"],
        status=row["status"],
        grade=row["grade"],
        exit_reason=row["exit_reason"],
        completion_status=row["completion_status"],
        record_class=row["class"],
        reason=row["reason"],
        file=row["file"],
        action_id=row.get("action_id"),
        exit_outcome=row["exit_outcome"] if side == "target" else None,
        line_number=row.get("line_number"),
        file_name=row.get("file_name"),
    )
