"""Build districts from the rows of California's public school list."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, chain

from senr_duck.sample.district import NONPUBLIC, District, NextSchool, Row, School, Wheel
from senr_duck.sample.enrollment import GRADE_12, KN, PS, TK

_DISTRICT_OFFICE = "0000000"
# The unreported school is the smallest one with at least this share of the students.
_NOT_REPORTED_SHARE = 0.002
_MIN_SCHOOLS_FOR_NOT_REPORTED = 5

# A school that starts with K has TK too, because it counts as kindergarten; one that starts with P
# has both grades before kindergarten.
_NUMBERED = {str(grade): KN + grade for grade in range(1, 13)}
_LOW = {"P": PS, "K": TK, "N/A": KN} | _NUMBERED
_HIGH = {
    "P": PS,
    "K": KN,
    "Adult": GRADE_12,
    "Post Secondary": GRADE_12,
    "N/A": GRADE_12,
} | _NUMBERED


def lea_of(row: Row) -> str:
    """Return the 7 digits of the district that a row belongs to."""
    return row["county_code"] + row["district_code"]


def has_students(row: Row) -> bool:
    """Return whether a row is a public school with a span of grades below adult education."""
    is_school = row["school_code"] not in (_DISTRICT_OFFICE, NONPUBLIC)
    return is_school and row["low_grade"] not in ("N/A", "Adult") and row["enrollment"] != "0"


class DistrictBuilder:
    """Builds districts; data about the other districts is prepared only once."""

    def __init__(self, everywhere: Iterable[Row]) -> None:
        rows = list(everywhere)
        self._leas = sorted({lea_of(row) for row in rows})
        # Largest first.
        self._traditional = sorted(
            (
                (int(row["enrollment"]), row["school_code"], lea_of(row), _read_school(row))
                for row in rows
                if has_students(row) and row["educational_option"] == "Traditional"
            ),
            key=lambda school: school[:2],
            reverse=True,
        )

    def build(self, own: Sequence[Row]) -> District:
        """Return the district with these rows; at least one of them must have students."""
        own = sorted(own, key=lambda row: row["school_code"])
        lea = lea_of(own[0])
        public = [row for row in own if has_students(row)]
        nonpublic = [row for row in own if row["school_code"] == NONPUBLIC]
        schools = tuple(_read_school(row) for row in (*nonpublic, *public))
        places = range(len(nonpublic), len(schools))
        do_not_report = _choose_not_reported(schools, places)
        reported = [place for place in places if place != do_not_report]
        options = [place for place in reported if schools[place].option]
        return District(
            name=own[0]["district"],
            lea=lea,
            rows=tuple(public),
            schools=schools,
            by_grade=tuple(_make_wheel(schools, places, grade) for grade in range(GRADE_12 + 1)),
            options_by_grade=tuple(
                tuple(place for place in options if schools[place].offers(grade))
                for grade in range(GRADE_12 + 1)
            ),
            cohorts=_weigh_cohorts(schools, places),
            next_schools=self._choose_next_schools(schools, reported, lea),
            nonpublic=0 if nonpublic else None,
            nonpublic_share=sum(int(row["enrollment"]) for row in nonpublic) / _size(own),
            do_not_report=do_not_report,
            own_calendar=options[0] if options else reported[-1],
            neighbors=self._find_neighbors(lea),
            size=_size(own),
        )

    def _choose_next_schools(
        self, schools: tuple[School, ...], reported: list[int], lea: str
    ) -> tuple[NextSchool | None, ...]:
        """Choose the next school for the top grade of each school below grade 12."""
        main = [place for place in reported if not schools[place].option]

        @cache
        def wheel_of(grade: int) -> Wheel | None:
            return _make_wheel(schools, main, grade) or _make_wheel(schools, reported, grade)

        chosen: list[NextSchool | None] = []
        for number, school in enumerate(schools):
            grade = school.high + 1
            if grade > GRADE_12:
                chosen.append(None)
            elif wheel := wheel_of(grade):
                # Steps of the golden ratio spread the schools evenly over the next ones' sizes.
                at = bisect_right(wheel.bounds, number * 0.618034 % 1 * wheel.bounds[-1])
                place = wheel.items[at]
                chosen.append(NextSchool(schools[place].code, place))
            else:
                chosen.append(NextSchool(self._find_school_outside(grade, lea), None))
        return tuple(chosen)

    def _find_school_outside(self, grade: int, lea: str) -> str:
        """Return the county's, or else the state's, largest school that offers the grade."""
        county = (school for school in self._traditional if school[2][:2] == lea[:2])
        return next(
            code
            for _, code, other, school in chain(county, self._traditional)
            if other != lea and school.offers(grade)
        )

    def _find_neighbors(self, lea: str) -> tuple[str, ...]:
        """Return the county's other districts, or some of the state's if there are none."""
        others = [other for other in self._leas if other != lea and _is_school_district(other)]
        return tuple(other for other in others if other[:2] == lea[:2]) or tuple(others[:4])


def _is_school_district(lea: str) -> bool:
    """Return whether a student can live in the district: it is in a county, and not its office."""
    return "01" <= lea[:2] <= "58" and lea[2:4] != "10"


def _size(rows: Iterable[Row]) -> int:
    return sum(int(row["enrollment"]) for row in rows)


def _read_school(row: Row) -> School:
    return School(
        code=row["school_code"],
        low=_LOW[row["low_grade"]],
        high=_HIGH[row["high_grade"]],
        enrollment=int(row["enrollment"]),
        option=row["educational_option"] not in ("Traditional", "N/A"),
    )


def _make_wheel(schools: tuple[School, ...], places: Iterable[int], grade: int) -> Wheel | None:
    items = tuple(place for place in places if schools[place].offers(grade))
    if not items:
        return None
    return Wheel(items, tuple(accumulate(schools[place].size_of(grade) for place in items)))


def _weigh_cohorts(schools: tuple[School, ...], places: Iterable[int]) -> Wheel:
    """Weigh the cohorts that are in the district in at least one of the three school years."""
    sizes = [sum(schools[place].size_of(grade) for place in places) for grade in range(15)]
    padded = [0.0, 0.0, *sizes, 0.0, 0.0]
    weights = {cohort: max(padded[cohort : cohort + 3]) for cohort in range(17)}
    items = tuple(cohort for cohort, weight in weights.items() if weight)
    return Wheel(items, tuple(accumulate(weights[cohort] for cohort in items)))


def _choose_not_reported(schools: tuple[School, ...], places: Sequence[int]) -> int | None:
    least = _NOT_REPORTED_SHARE * sum(schools[place].enrollment for place in places)
    candidates = [place for place in places if schools[place].enrollment >= least]
    if len(places) < _MIN_SCHOOLS_FOR_NOT_REPORTED:
        return None
    return min(candidates, key=lambda place: (schools[place].enrollment, place))
