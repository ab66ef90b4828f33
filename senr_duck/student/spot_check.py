"""The students whom a person should look up before uploading, chosen over classes and reasons."""

import hashlib
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.reference.classes import spot_check_classes
from senr_duck.student.read_student import Student, read_chosen_students

if TYPE_CHECKING:
    import duckdb

DEFAULT_STUDENTS = 12
DEFAULT_SEED = 1


@dataclass(frozen=True)
class SpotCheck:
    """A record that represents its class, reason and school, with its student's key."""

    student_key: str
    record_class: str
    reason: str
    school: str


def choose_spot_checks(
    con: "duckdb.DuckDBPyConnection", n: int = DEFAULT_STUDENTS, seed: int = DEFAULT_SEED
) -> tuple[SpotCheck, ...]:
    """Return up to ``n`` records to look at, each of another student, in the order of choice.

    Of all records that are sent and all rules that hold a student, the next one is of the class
    that was chosen least so far, among those of its reason, then of its school. Where that leaves
    a choice, a hash of seed and record decides: the same run and seed give the same students, in
    whatever order the lines of the extracts are. Raises InputError for an ``n`` below 1.
    """
    if n < 1:
        raise InputError(f"-n: found {n}, expected 1 or more", "say how many students to choose")
    # where classes are equally in need of a look, what deletes goes first
    classes = spot_check_classes()
    # by class, then by reason and school
    groups: dict[str, dict[tuple[str, str], deque[tuple[str, str]]]] = {
        record_class: {} for record_class in classes
    }
    for rank, student_key, record_class, reason, school in sorted(
        (hashlib.sha256(f"{seed} {identity}".encode()).hexdigest(), *rest)
        for identity, *rest in con.execute(
            """
            select identity, student_key, class, reason, school_of_attendance
            from recon.spot_check_candidate
            """
        ).fetchall()
    ):
        groups[record_class].setdefault((reason, school), deque()).append((rank, student_key))
    chosen: dict[str, SpotCheck] = {}
    of_class: Counter[str] = Counter()
    of_reason: Counter[tuple[str, str]] = Counter()
    of_school: Counter[str] = Counter()
    while any(groups.values()) and len(chosen) < n:
        record_class = min(filter(groups.__getitem__, classes), key=of_class.__getitem__)
        records = groups[record_class]
        _, _, _, (reason, school) = min(
            (of_reason[record_class, reason], of_school[school], waiting[0], (reason, school))
            for (reason, school), waiting in records.items()
        )
        _, student_key = records[reason, school].popleft()
        if not records[reason, school]:
            del records[reason, school]
        if student_key not in chosen:
            chosen[student_key] = SpotCheck(student_key, record_class, reason, school)
            of_class[record_class] += 1
            of_reason[record_class, reason] += 1
            of_school[school] += 1
    return tuple(chosen.values())


def read_spot_checks(
    con: "duckdb.DuckDBPyConnection", n: int = DEFAULT_STUDENTS, seed: int = DEFAULT_SEED
) -> tuple[Student, ...]:
    """Return the students of ``choose_spot_checks``, in the order of choice.

    They are read from the tables of chosen students, which must hold everybody with something sent
    or held: call ``choose_students`` first.
    """
    keys = [one.student_key for one in choose_spot_checks(con, n, seed)]
    students = read_chosen_students(con, keys)
    return tuple(sorted(students, key=lambda student: keys.index(student.key)))
