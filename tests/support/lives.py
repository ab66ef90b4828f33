"""Made-up lives: the enrollments of a student over the school years of the window.

CALPADS would accept everything in a life: what does not fit is tried again or left out. The days
come from a coarse grid, so that starts and ends often meet, touch, or just miss each other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from senr_duck.simulate import Ods, post_file
from senr_duck.simulate import Record as Posted
from tests.support.convergence import breaks_a_rule
from tests.support.extracts import ADAMS, BAKER, Record, closed, record

CEDAR = "1930652"
SCHOOLS = (ADAMS, BAKER, CEDAR)

# Days after July 1. 44 is August 14, the first day of school; of a leap year, 243 is February 29.
FIRST_DAY = 44
SUMMER = (6, 12, 20)
OFFSETS = (44, 45, 46, 56, 57, 73, 74, 75, 76, 104, 105, 106, 134, 164, 165, 194, 234, 242, 243)

COMPLETION = (
    "student_school_completion_status_code",
    "expected_receiver_school_of_attendance",
    "student_met_all_uc_csu_requirements_indicator",
    "student_golden_state_seal_merit_diploma_indicator",
    "student_seal_of_biliteracy_indicator",
    "graduation_exemption_indicator",
)

EXIT = ("enrollment_exit_date", "student_exit_reason_code", *COMPLETION)

Life = list[Record]


def read_day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def last_day(year: int) -> date:
    """Return the last school day of the school year that begins in ``year``."""
    return date(year + 1, 6, 5)


def year_of(one: Record) -> int:
    start = read_day(one["enrollment_start_date"])
    return start.year - (start.month < 7)


def years_until(as_of: date) -> tuple[int, ...]:
    """Return the school years of a life; the first of them is before the window of a run."""
    this_year = as_of.year - (as_of.month < 7)
    return tuple(range(this_year - 3, this_year + 1))


def is_open(one: Record) -> bool:
    return not one.get("enrollment_exit_date")


def is_graduate(one: Record) -> bool:
    return one.get(COMPLETION[0]) == "100"


def key_of(one: Record) -> tuple[str, str, str]:
    return (one["school_of_attendance"], one["ssid"], one["enrollment_start_date"])


def reopened(one: Record) -> Record:
    """Return the record without its exit and everything that belongs to it."""
    return {name: value for name, value in one.items() if name not in EXIT}


@dataclass
class Person:
    """A student, and the random numbers that decide about days and schools."""

    rng: Random
    ssid: str
    grade: str
    as_of: date

    @property
    def this_year(self) -> int:
        return self.years[-1]

    @property
    def years(self) -> tuple[int, ...]:
        return years_until(self.as_of)

    def day(self, year: int) -> date:
        """Return a day of the grid, at most the as-of date; most are after the summer."""
        is_summer = self.rng.random() < 0.05 or not self._days(year, OFFSETS)
        return self.rng.choice(self._days(year, SUMMER if is_summer else OFFSETS))

    def _days(self, year: int, offsets: Iterable[int]) -> list[date]:
        days = (date(year, 7, 1) + timedelta(days=offset) for offset in offsets)
        return [day for day in days if day <= self.as_of]

    def first_day(self, year: int) -> date:
        """Return the first day of school, or an earlier day if that is after the as-of date."""
        first = date(year, 7, 1) + timedelta(days=FIRST_DAY)
        return first if first <= self.as_of else self.day(year)

    def enroll(self, school: str, start: date, status: str = "10") -> Record:
        return record(
            self.ssid,
            school,
            f"{start:%Y%m%d}",
            enrollment_status_code=status,
            grade_level_code=self.grade,
        )

    def leave(self, one: Record, day: date) -> Record:
        """Return the record with an exit on a day and a reason that fits its status."""
        reasons = {
            "20": ["E170"],
            "50": ["E170", "E150"],
        }.get(one["enrollment_status_code"]) or (
            ["E450", "E150"] if self.grade == "PS" else ["T160", "T200", "E140", "E150"]
        )
        return closed(reopened(one), f"{day:%Y%m%d}", self.rng.choice(reasons))

    def stay_away(self, one: Record) -> Record:
        """Return the record as a no-show."""
        start = read_day(one["enrollment_start_date"])
        day = start - timedelta(days=self.rng.randint(0, 1))
        return closed(reopened(one), f"{day:%Y%m%d}", "N470")

    def graduate(self, one: Record, day: date) -> Record:
        """Return the record with a diploma."""
        indicators = {name: self.rng.choice("YN") for name in (COMPLETION[2], COMPLETION[5])}
        if self.rng.random() < 0.3:
            indicators[self.rng.choice(COMPLETION[3:5])] = "Y"
        if day <= date(2023, 6, 30):
            del indicators[COMPLETION[5]]
        return closed(
            reopened(one), f"{day:%Y%m%d}", "E230", **{COMPLETION[0]: "100"}, **indicators
        )

    def promote(self, one: Record, day: date) -> Record:
        """Return the record of a student promoted to a school of another district."""
        completion = {COMPLETION[0]: "480", COMPLETION[1]: "1999999"}
        return closed(reopened(one), f"{day:%Y%m%d}", "E230", **completion)

    def end_year(self, one: Record) -> Record:
        """Return the record closed on the last school day of its year."""
        code = year_end_code(one) or self.rng.choice(["E156", "T160"])
        return closed(reopened(one), f"{last_day(year_of(one)):%Y%m%d}", code)

    def end_somehow(self, one: Record) -> Record:
        """Return the record open, or with one of all ends that there are."""
        start, year = read_day(one["enrollment_start_date"]), year_of(one)
        later = [day for day in (self.day(year), self.day(year)) if day > start]
        ways: list[Callable[[], Record]] = [lambda: self.end_year(one)]
        if year == self.this_year:
            ways = [lambda: one, lambda: one]
        if later:
            ways += [lambda: self.leave(one, later[0])] * 4
            if self.grade == "12":
                ways += [lambda: self.graduate(one, later[0])] * 2
            elif self.grade == "05":
                ways.append(lambda: self.promote(one, later[0]))
        short = min(start + timedelta(days=self.rng.randint(1, 32)), self.as_of)
        ways += [lambda: self.leave(one, short), lambda: self.leave(one, start)]
        ways.append(lambda: self.stay_away(one))
        return self.rng.choice(ways)()

    def propose(self, year: int | None = None, status: str | None = None) -> Record:
        """Return any enrollment, whether or not it fits into a life."""
        chosen = year or self.rng.choices(self.years, (2, 4, 5, 9))[0]
        code = status or self.rng.choices(("10", "20", "30", "50"), (5, 2, 2, 2))[0]
        return self.end_somehow(self.enroll(self.rng.choice(SCHOOLS), self.day(chosen), code))


def year_end_code(one: Record) -> str | None:
    """Return the code that closes an open record on its year's last day; None: undecided."""
    if one["enrollment_status_code"] in ("20", "50"):
        return "E170"
    return {"PS": "E450", "12": None}.get(one["grade_level_code"], "E155")


def ends_its_year(one: Record) -> bool:
    """Return whether the record ends as a year-end close-out would end it."""
    return (
        not is_open(one)
        and one["student_exit_reason_code"] == year_end_code(one)
        and read_day(one["enrollment_exit_date"]) == last_day(year_of(one))
    )


def settle(life: Iterable[Record], as_of: date) -> Life:
    """Return the life with the year ends that are due, so that no earlier year is open.

    In June, the current year is closed too: year-end codes are due from 14 days before the last
    school day. A senior without a known outcome stays open.
    """
    return [
        closed(one, f"{last_day(year_of(one)):%Y%m%d}", code)
        if is_open(one)
        and (code := year_end_code(one))
        and as_of >= last_day(year_of(one)) - timedelta(days=14)
        else one
        for one in life
    ]


def fits(life: Life, as_of: date) -> bool:
    """Return whether CALPADS would accept the records alone and together."""
    posted = [Posted(**one) for one in life]
    return (
        len({one.key for one in posted}) == len(posted)
        and not any(is_open(one) and year_of(one) < years_until(as_of)[-1] for one in life)
        and not breaks_a_rule(posted, as_of)
        and all(_posts_alone(one, as_of) for one in posted)
    )


# Most of a life stays the same while one of its records changes.
@lru_cache(maxsize=10_000)
def _posts_alone(one: Posted, as_of: date) -> bool:
    return post_file(Ods([], one.reporting_lea), "", [one], as_of).posted


def _live(person: Person, wishes: Iterable[Record]) -> Life:
    """Return as many of the enrollments as fit, one after the other."""
    life: Life = []
    for wish in wishes:
        longer = settle([*life, wish], person.as_of)
        if fits(longer, person.as_of):
            life = longer
    return life


def _go_to_school(person: Person) -> list[Record]:
    """One school after the other, a whole year each."""
    first = person.rng.choice(person.years)
    years = [
        person.end_year(person.enroll(person.rng.choice(SCHOOLS), person.first_day(year)))
        for year in range(first, person.this_year)
    ]
    return [*years, person.enroll(person.rng.choice(SCHOOLS), person.day(person.this_year))]


def _leave(person: Person) -> list[Record]:
    *years, last = _go_to_school(person)
    return [*years, person.end_somehow(last)]


def _change_schools(person: Person) -> list[Record]:
    return [person.propose(person.this_year, "10") for _ in range(6)]


def _have_two_schools(person: Person) -> list[Record]:
    """A primary enrollment together with others that are not primary."""
    year = person.rng.choice(person.years[1:])
    main = person.enroll(ADAMS, person.day(year))
    if person.rng.random() < 0.5:
        ended = person.end_somehow(main)
    else:
        ended = main if year == person.this_year else person.end_year(main)
    return [ended, *(person.propose(year, person.rng.choice(("20", "50"))) for _ in range(3))]


def _stay_short(person: Person) -> list[Record]:
    return [*_leave(person)[-2:], *(person.propose(person.this_year, "30") for _ in range(4))]


def _graduate(person: Person) -> list[Record]:
    """A diploma in mid-year or in June, and enrollments that are still allowed with it."""
    person.grade = "12"
    year = person.rng.choice(person.years[2:])
    main = person.enroll(person.rng.choice(SCHOOLS), person.first_day(year))
    june = last_day(year) if last_day(year) <= person.as_of else person.day(year)
    others = [person.propose(year, status) for status in ("50", "20", "10")]
    return [person.graduate(main, june), *others]


def _graduate_in_summer(person: Person) -> list[Record]:
    """E156 in June, and a diploma on one day of July."""
    person.grade = "12"
    school = person.rng.choice(SCHOOLS)
    june = person.enroll(school, person.first_day(person.years[-2]))
    july = date(person.this_year, 7, 13)
    end = f"{last_day(person.years[-2]):%Y%m%d}"
    return [closed(june, end, "E156"), person.graduate(person.enroll(school, july), july)]


def _not_come(person: Person) -> list[Record]:
    away = [person.stay_away(person.propose(person.this_year, "10")) for _ in range(2)]
    return [*away, person.propose(person.this_year, "10")][person.rng.randint(0, 2) :]


def _live_anyhow(person: Person) -> list[Record]:
    return [person.propose() for _ in range(person.rng.randint(1, 8))]


STORIES: dict[str, Callable[[Person], list[Record]]] = {
    "school": _go_to_school,
    "leaver": _leave,
    "schools": _change_schools,
    "two schools": _have_two_schools,
    "short-term": _stay_short,
    "graduate": _graduate,
    "summer graduate": _graduate_in_summer,
    "no-show": _not_come,
    "anyhow": _live_anyhow,
}


def live(person: Person, story: str) -> Life:
    """Return a life of the story that CALPADS would accept; it may be empty."""
    return _live(person, STORIES[story](person))
