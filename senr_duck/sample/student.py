"""A made-up student's state while the school years pass."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random

from senr_duck.sample.days import AS_OF, NO_DAY, day_number
from senr_duck.sample.district import District
from senr_duck.sample.enrollment import (
    E150,
    E170,
    E450,
    GRADES,
    KN,
    N470,
    NON_ADA,
    PRIMARY,
    PS,
    Enrollment,
    Exit,
)

# Shares of the students, once in their lives here.
_NON_ADA = 0.003
_DISABILITY = 0.13
_TRANSFER = 0.04  # with a transfer code and another district of residence
_OLDER = 0.05  # a year older than their grade

_TRANSFER_CODES = ("1", "1", "1", "2", "4", "6")


@dataclass(slots=True)
class Student:
    """A student's truth while it is being made up: the open enrollment, and those that ended.

    ``grade`` is a position in ``GRADES``; ``District`` explains ``cohort``.
    """

    district: District
    rng: Random
    cohort: int
    grade: int
    school: int
    status: str
    disability: bool
    start: int = NO_DAY
    transfer: str = ""
    residence: str = ""
    adult_transition: str = ""
    repeats: bool = False
    enrollments: list[Enrollment] = field(default_factory=list)

    def close(self, day: int, outcome: Exit) -> None:
        """Record the open enrollment with its end; ``NO_DAY`` leaves it open."""
        if self.grade == PS and day and outcome not in (E150, N470, E170):
            outcome = E450
        self.enrollments.append(self.describe(self.start, self.school, self.status, day, outcome))

    def describe(self, start: int, school: int, status: str, day: int, outcome: Exit) -> Enrollment:
        """Return an enrollment of the student in the current grade."""
        return Enrollment(
            start,
            school,
            status,
            GRADES[self.grade],
            day,
            outcome,
            self.transfer,
            self.residence,
            self.adult_transition,
        )


def enter_district(district: District, rng: Random, cohort: int, grade: int) -> Student:
    """Return a student who enters the district in a grade that it offers."""
    random = rng.random
    nonpublic = district.nonpublic
    if nonpublic is not None and grade >= KN and random() < district.nonpublic_share:
        school, disability = nonpublic, True
    else:
        school, disability = district.choose_school(rng, grade), random() < _DISABILITY
    status = NON_ADA if grade >= KN and random() < _NON_ADA else PRIMARY
    student = Student(district, rng, cohort, grade, school, status, disability)
    if random() < _TRANSFER:
        take_transfer(student)
    return student


def enter_next_grade(student: Student) -> bool:
    """Move the student to the next school year's grade; return whether the district has it."""
    if student.repeats:
        student.repeats = False
        return True
    student.grade += 1
    if not student.district.offers(student.grade):
        return False
    if not student.district.schools[student.school].offers(student.grade):
        student.school = student.district.choose_school(student.rng, student.grade)
    return True


def take_transfer(student: Student) -> None:
    """Give the student a transfer code and a neighboring district of residence."""
    random, neighbors = student.rng.random, student.district.neighbors
    student.transfer = _TRANSFER_CODES[int(random() * len(_TRANSFER_CODES))]
    student.residence = neighbors[int(random() * len(neighbors))]


def choose_birth_day(student: Student) -> int:
    """Return a birth date that fits the grade: age 5 by September 1 of the kindergarten year."""
    random = student.rng.random
    older = 1 if random() < _OLDER else 0
    return _first_birth_day(student.cohort + older) + int(random() * 365)


@cache
def _first_birth_day(cohort: int) -> int:
    return day_number(date(AS_OF.year - (cohort - KN) - 6, 9, 2))
