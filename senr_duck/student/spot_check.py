"""Choose students to look up before uploading, spread over classes, reasons, and schools."""

from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senr_duck.errors import InputError
from senr_duck.reference.classes import spot_check_classes

if TYPE_CHECKING:
    import duckdb

DEFAULT_STUDENTS = 12
DEFAULT_SEED = 1

# Of each class, reason and school no more than n students are ever chosen.
_FIRST_OF_EACH_GROUP = """
    select
        min(sha256($seed || ' ' || identity)) as rank,
        student_key, class, reason, school_of_attendance
    from recon.spot_check_candidate
    group by student_key, class, reason, school_of_attendance
    qualify
        row_number() over (partition by class, reason, school_of_attendance order by rank) <= $n
    order by rank"""


@dataclass(frozen=True)
class SpotCheck:
    """A record chosen as an example of its class, reason, and school, with its student's key."""

    student_key: str
    record_class: str
    reason: str
    school: str


def choose_spot_checks(
    con: "duckdb.DuckDBPyConnection", n: int = DEFAULT_STUDENTS, seed: int = DEFAULT_SEED
) -> tuple[SpotCheck, ...]:
    """Return up to ``n`` records to look at, each of another student, in the order of choice.

    They are chosen from all records that are sent and all rules that put a student on hold. The
    next one is always of the class chosen least so far, then of its least chosen reason, then
    school. If several remain, a hash of seed and record decides, so the same run and seed give the
    same students, whatever the order of the extracts' lines. Raises InputError if ``n`` is below 1.
    """
    if n < 1:
        raise InputError(f"-n: found {n}, expected 1 or more", "say how many students to choose")
    # among classes chosen equally often, deletions come first
    classes = spot_check_classes()
    # by class, then by reason and school
    groups: dict[str, dict[tuple[str, str], deque[tuple[str, str]]]] = {
        record_class: {} for record_class in classes
    }
    for rank, student_key, record_class, reason, school in con.execute(
        _FIRST_OF_EACH_GROUP, {"n": n, "seed": str(seed)}
    ).fetchall():
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
