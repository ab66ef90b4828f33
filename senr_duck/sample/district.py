"""One district of the public school list, as the sample needs it."""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import accumulate
from random import Random

from senr_duck.errors import InputError
from senr_duck.resources import resource
from senr_duck.sample.days import SchoolYear
from senr_duck.sample.enrollment import GRADE_12, KN, PS, TK

NONPUBLIC = "0000001"
_PLACEHOLDERS = ("0000000", NONPUBLIC)

# A preschool class and transitional kindergarten are smaller than a grade.
_PS_SIZE = 0.3
_TK_SIZE = 0.6
# The school that isn't reported is the smallest that has at least this share of the students.
_NOT_REPORTED_SHARE = 0.002
_MIN_SCHOOLS_FOR_NOT_REPORTED = 5

Row = dict[str, str]


@dataclass(frozen=True)
class School:
    """A school with its span of grades (places in ``GRADES``, both inclusive)."""

    code: str
    low: int
    high: int
    enrollment: int
    option: bool

    def offers(self, grade: int) -> bool:
        """Tell whether the school has a grade."""
        return self.low <= grade <= self.high

    def size_of(self, grade: int) -> float:
        """Return about how many students of the school are in a grade."""
        if not self.offers(grade):
            return 0.0
        grades = max(1, self.high - max(self.low, KN) + 1)
        part = {PS: _PS_SIZE, TK: _TK_SIZE}.get(grade, 1.0) if self.high > PS else 1.0
        return part * self.enrollment / grades


@dataclass(frozen=True)
class Wheel:
    """A choice among numbers, each with a weight."""

    items: tuple[int, ...]
    bounds: tuple[float, ...]

    def spin(self, rng: Random) -> int:
        """Return one of the items, the heavier ones more often."""
        at = bisect_right(self.bounds, rng.random() * self.bounds[-1], 0, len(self.items) - 1)
        return self.items[at]


@dataclass(frozen=True)
class NextSchool:
    """Where a school's top grade goes: its code, and its place if it is in the district."""

    code: str
    place: int | None


@dataclass(frozen=True)
class District:
    """A district with what the students' lives depend on.

    Schools are sorted by code, and named by their place among ``schools`` everywhere else;
    ``rows`` are the public ones in the school list. A *cohort* is the grade that a student is in,
    or would be, in the current school year; it goes on counting after grade 12.
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

    def offers(self, grade: int) -> bool:
        """Tell whether any school of the district has a grade."""
        return PS <= grade <= GRADE_12 and self.by_grade[grade] is not None

    def choose_school(self, rng: Random, grade: int) -> int:
        """Return a school for a grade that the district offers."""
        wheel = self.by_grade[grade]
        if wheel is None:
            raise ValueError(f"no school offers the grade at place {grade}")
        return wheel.spin(rng)

    def choose_other_school(self, rng: Random, grade: int, school: int) -> int | None:
        """Return another school for a grade, or nothing when none was found by chance."""
        other = self.choose_school(rng, grade)
        return None if other == school else other

    def last_day(self, school: int, year: SchoolYear) -> int:
        """Return a school's last day of a school year."""
        return year.own_last_day if school == self.own_calendar else year.last_day


def find_district(name: str) -> District:
    """Return the district of that name, with or without its county in parentheses.

    The name is matched in any case. Raises InputError when no district has it, when districts of
    two counties have it, or when the district has no school with students and a span of grades.
    """
    with resource("data", "reference", "ca_schools_2023_24.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        everywhere = list(csv.DictReader(file))
    wanted = " ".join(name.split()).casefold()
    found = sorted(
        {
            _with_county(row)
            for row in everywhere
            if wanted in (row["district"].casefold(), _with_county(row).casefold())
        }
    )
    if not found:
        raise InputError(f"no district is named {name!r}", _suggest_names(wanted, everywhere))
    if len(found) > 1:
        raise InputError(
            f"{len(found)} districts are named {name!r}", f"name the county: {' or '.join(found)}"
        )
    return _build_district([row for row in everywhere if _with_county(row) == found[0]], everywhere)


def _with_county(row: Row) -> str:
    return f"{row['district']} ({row['county']})"


def _suggest_names(wanted: str, everywhere: Iterable[Row]) -> str:
    names = {row["district"].casefold(): row["district"] for row in everywhere}
    near = get_close_matches(wanted, names, n=4, cutoff=0.6)
    if not near:
        return "give a district's name as California's public school list has it"
    return f"near matches: {', '.join(names[name] for name in near)}"


def _build_district(own: list[Row], everywhere: list[Row]) -> District:
    own.sort(key=lambda row: row["school_code"])
    public = [row for row in own if _school(row).enrollment and _has_span(row)]
    if not public:
        raise InputError(
            f"{own[0]['district']} has no school with students and a span of grades",
            "choose a district with schools of its own",
        )
    nonpublic = [row for row in own if row["school_code"] == NONPUBLIC]
    schools = tuple(_school(row) for row in (*nonpublic, *public))
    places = range(len(nonpublic), len(schools))
    total = sum(schools[place].enrollment for place in places)
    county = {row["county_code"] + row["district_code"]: row for row in everywhere}
    lea = own[0]["county_code"] + own[0]["district_code"]
    by_grade = tuple(_wheel(schools, places, grade) for grade in range(GRADE_12 + 1))
    do_not_report = _choose_not_reported(schools, places, total)
    reported = [place for place in places if place != do_not_report]
    options = [place for place in reported if schools[place].option]
    return District(
        name=own[0]["district"],
        lea=lea,
        rows=tuple(public),
        schools=schools,
        by_grade=by_grade,
        options_by_grade=tuple(
            tuple(place for place in options if schools[place].offers(grade))
            for grade in range(GRADE_12 + 1)
        ),
        cohorts=_cohorts(schools, places),
        next_schools=_next_schools(schools, reported, own[0], everywhere),
        nonpublic=0 if nonpublic else None,
        nonpublic_share=schools[0].enrollment / total if nonpublic else 0.0,
        do_not_report=do_not_report,
        own_calendar=(options or reported)[0 if options else -1],
        neighbors=tuple(
            code
            for code, row in sorted(county.items())
            if code != lea and row["county_code"] == own[0]["county_code"]
        )
        or tuple(code for code in sorted(county) if code != lea)[:4],
        size=sum(int(row["enrollment"]) for row in own),
    )


def _has_span(row: Row) -> bool:
    return row["school_code"] not in _PLACEHOLDERS and row["low_grade"] not in ("N/A", "Adult")


def _school(row: Row) -> School:
    low, high = row["low_grade"], row["high_grade"]
    if row["school_code"] == NONPUBLIC:
        low, high = "K", "12"
    return School(
        code=row["school_code"],
        # TK counts as kindergarten; a school from P on has both prekindergarten and TK.
        low={"P": PS, "K": TK}.get(low) or (int(low) + KN if low.isdigit() else PS),
        high={"P": PS, "K": KN}.get(high, int(high) + KN if high.isdigit() else GRADE_12),
        enrollment=int(row["enrollment"]),
        option=row["educational_option"] not in ("Traditional", "N/A"),
    )


def _wheel(schools: tuple[School, ...], places: Iterable[int], grade: int) -> Wheel | None:
    items = tuple(place for place in places if schools[place].offers(grade))
    if not items:
        return None
    return Wheel(items, tuple(accumulate(schools[place].size_of(grade) for place in items)))


def _cohorts(schools: tuple[School, ...], places: Iterable[int]) -> Wheel:
    """Weigh the cohorts that are in the district in at least one of the three school years."""
    sizes = [sum(schools[place].size_of(grade) for place in places) for grade in range(15)]
    padded = [0.0, 0.0, *sizes, 0.0, 0.0]
    weights = {cohort: max(padded[cohort : cohort + 3]) for cohort in range(17)}
    items = tuple(cohort for cohort, weight in weights.items() if weight)
    return Wheel(items, tuple(accumulate(weights[cohort] for cohort in items)))


def _choose_not_reported(
    schools: tuple[School, ...], places: Iterable[int], total: int
) -> int | None:
    candidates = [
        place for place in places if schools[place].enrollment >= _NOT_REPORTED_SHARE * total
    ]
    if len(list(places)) < _MIN_SCHOOLS_FOR_NOT_REPORTED or not candidates:
        return None
    return min(candidates, key=lambda place: (schools[place].enrollment, place))


def _next_schools(
    schools: tuple[School, ...], reported: list[int], own: Row, everywhere: list[Row]
) -> tuple[NextSchool | None, ...]:
    """Choose for each school below grade 12 the one that its top grade is promoted to."""
    chosen: list[NextSchool | None] = []
    for number, school in enumerate(schools):
        grade = school.high + 1
        main = [place for place in reported if not schools[place].option]
        wheel = _wheel(schools, main, grade) or _wheel(schools, reported, grade)
        if grade > GRADE_12:
            chosen.append(None)
        elif wheel:
            # Steps of the golden ratio spread the schools evenly over the next ones' sizes.
            at = bisect_right(wheel.bounds, number * 0.618034 % 1 * wheel.bounds[-1])
            place = wheel.items[at]
            chosen.append(NextSchool(schools[place].code, place))
        else:
            chosen.append(NextSchool(_school_outside(grade, own, everywhere), None))
    return tuple(chosen)


def _school_outside(grade: int, own: Row, everywhere: list[Row]) -> str:
    """Return the largest school of the county, else of the state, that offers the grade."""
    candidates = [
        row
        for row in everywhere
        if _has_span(row)
        and row["educational_option"] == "Traditional"
        and row["district_code"] != own["district_code"]
        and _school(row).offers(grade)
    ]
    best = max(
        candidates,
        key=lambda row: (
            row["county_code"] == own["county_code"],
            int(row["enrollment"]),
            row["school_code"],
        ),
    )
    return best["school_code"]
