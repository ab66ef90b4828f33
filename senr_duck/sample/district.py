"""A district: the schools, grades, and calendar that decide what happens to students."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from random import Random

from senr_duck.sample.days import SchoolYear
from senr_duck.sample.enrollment import GRADE_12, KN, PS, TK

NONPUBLIC = "0000001"

# A preschool class and transitional kindergarten are smaller than a grade.
_PS_SIZE = 0.3
_TK_SIZE = 0.6

Row = dict[str, str]


@dataclass(frozen=True)
class School:
    """A school with its span of grades (positions in ``GRADES``, both inclusive)."""

    code: str
    low: int
    high: int
    enrollment: int
    option: bool

    def offers(self, grade: int) -> bool:
        """Return whether the school has a grade."""
        return self.low <= grade <= self.high

    def size_of(self, grade: int) -> float:
        """Return the approximate number of the school's students in a grade."""
        if not self.offers(grade):
            return 0.0
        grades = max(1, self.high - max(self.low, KN) + 1)
        if self.high > PS and grade in (PS, TK):
            return self.enrollment / grades * (_PS_SIZE if grade == PS else _TK_SIZE)
        return self.enrollment / grades


@dataclass(frozen=True)
class Wheel:
    """A random choice among weighted numbers."""

    items: tuple[int, ...]
    bounds: tuple[float, ...]

    def spin(self, rng: Random) -> int:
        """Return one of the items, the heavier ones more often."""
        at = bisect_right(self.bounds, rng.random() * self.bounds[-1], 0, len(self.items) - 1)
        return self.items[at]


@dataclass(frozen=True)
class NextSchool:
    """The next school of a top grade: its code, and its position if it is in the district."""

    code: str
    place: int | None


@dataclass(frozen=True)
class District:
    """A district; its schools are sorted by code and identified by their position in ``schools``.

    ``rows`` are the public schools' rows in the school list. ``by_grade`` has the schools with each
    grade, except the nonpublic school. ``cohorts`` are the grades that students are in, or would
    be, in the current school year; they continue after grade 12. ``next_schools`` has the next
    school of each school's top grade. ``own_calendar`` is the school with its own last days.
    ``neighbors`` are codes of other districts in the county, without its office. ``size`` is the
    number of students in the school list.
    """

    name: str
    lea: str
    rows: tuple[Row, ...]
    schools: tuple[School, ...]
    by_grade: tuple[Wheel | None, ...]
    options_by_grade: tuple[tuple[int, ...], ...]
    cohorts: Wheel
    next_schools: tuple[NextSchool | None, ...]
    nonpublic: int | None
    nonpublic_share: float
    do_not_report: int | None
    own_calendar: int
    neighbors: tuple[str, ...]
    size: int

    @cached_property
    def possible_years(self) -> tuple[tuple[int, ...], ...]:
        """The positions of the school years in which the district has each cohort's grade."""
        return tuple(
            tuple(y for y in range(3) if self.offers(cohort - 2 + y))
            for cohort in range(GRADE_12 + 3)
        )

    def offers(self, grade: int) -> bool:
        """Return whether any school of the district has a grade."""
        return PS <= grade <= GRADE_12 and self.by_grade[grade] is not None

    def choose_school(self, rng: Random, grade: int) -> int:
        """Return a school for a grade that the district offers."""
        wheel = self.by_grade[grade]
        if wheel is None:
            raise ValueError(f"no school offers the grade at place {grade}")
        return wheel.spin(rng)

    def choose_other_school(self, rng: Random, grade: int, school: int) -> int | None:
        """Return another school for a grade, or None if the random search found none."""
        other = self.choose_school(rng, grade)
        return None if other == school else other

    def last_day(self, school: int, year: SchoolYear) -> int:
        """Return a school's last day of a school year."""
        return year.own_last_day if school == self.own_calendar else year.last_day
