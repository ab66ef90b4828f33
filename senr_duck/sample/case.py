"""One made-up student's records on the two sides."""

from dataclasses import dataclass
from random import Random

from senr_duck.sample.days import NO_DAY, school_years
from senr_duck.sample.district import District
from senr_duck.sample.enrollment import PRIMARY, Enrollment
from senr_duck.sample.people import Person


@dataclass(slots=True)
class Case:
    """A student on both sides: at first both have the truth, then a drift changes one or both.

    ``truth`` is sorted by start date; ``keep_why`` says why the last ODS enrollment is on the keep
    list, or is blank. ``sis_deleted`` is an enrollment that the SIS says to delete.
    """

    district: District
    rng: Random
    has_disability: bool
    truth: tuple[Enrollment, ...]
    ods: list[Enrollment]
    sis: list[Enrollment]
    ods_person: Person
    sis_person: Person
    keep_why: str = ""
    sis_deleted: Enrollment | None = None

    def open_now(self) -> Enrollment | None:
        """Return the student's last enrollment if it is this year's, primary, and open."""
        last = self.truth[-1]
        is_open = last.exit_day == NO_DAY and last.status == PRIMARY
        return last if is_open and is_this_year(last) else None

    def arrived_now(self) -> Enrollment | None:
        """Return ``open_now`` if it is the student's only enrollment."""
        return self.open_now() if len(self.truth) == 1 else None

    def left(self) -> Enrollment | None:
        """Return the student's last enrollment if it is primary and ended with a transfer."""
        last = self.truth[-1]
        return last if last.status == PRIMARY and last.outcome.reason[:1] == "T" else None

    def before_last(self) -> Enrollment | None:
        """Return the student's second-to-last enrollment if there is one and it is primary."""
        before = self.truth[-2] if len(self.truth) > 1 else None
        return before if before and before.status == PRIMARY else None

    def other_school(self, grade: int) -> int | None:
        """Return a reported school with a grade, but not that of the last enrollment."""
        other = self.district.choose_other_school(self.rng, grade, self.truth[-1].school)
        return None if other == self.district.do_not_report else other


def is_this_year(enrollment: Enrollment) -> bool:
    """Return whether an enrollment started during the current school year's classes."""
    return enrollment.start >= school_years()[-1].first_day


def ends_at_year_end(enrollment: Enrollment) -> bool:
    """Return whether an enrollment ended at the end of a school year."""
    return any(enrollment.exit_day in (year.last_day, year.own_last_day) for year in school_years())
