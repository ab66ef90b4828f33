"""One enrollment of a made-up student, for use inside the generator."""

from typing import NamedTuple

from senr_duck.sample.days import NO_DAY

GRADES = ("PS", "TK", "KN", *(f"{grade:02d}" for grade in range(1, 13)))
PS, TK, KN, GRADE_9, GRADE_10, GRADE_12 = 0, 1, 2, 11, 12, 14

PRIMARY, SECONDARY, SHORT_TERM, NON_ADA = "10", "20", "30", "50"


class Exit(NamedTuple):
    """How an enrollment ended: fields 1.26 to 1.29, 1.32, 1.33 and 1.35."""

    reason: str
    completion_status: str = ""
    receiver: str = ""
    uc_csu: str = ""
    golden_state_seal: str = ""
    biliteracy: str = ""
    exemption: str = ""


NO_EXIT = Exit("")
E150, E155, E156, E170 = Exit("E150"), Exit("E155"), Exit("E156"), Exit("E170")
E450, N470, T160, T167 = Exit("E450"), Exit("N470"), Exit("T160"), Exit("T167")


class Enrollment(NamedTuple):
    """One enrollment; the order of the fields sorts a student's enrollments by start, then school.

    ``school`` is the position in the district's list of schools; ``start`` and ``exit_day`` are day
    numbers, where ``NO_DAY`` means an open enrollment.
    """

    start: int
    school: int
    status: str
    grade: str
    exit_day: int = NO_DAY
    outcome: Exit = NO_EXIT
    transfer: str = ""
    residence: str = ""
    adult_transition: str = ""


def reopen(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment without its exit."""
    return enrollment._replace(exit_day=NO_DAY, outcome=NO_EXIT)
