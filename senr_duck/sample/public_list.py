"""Find a district in California's public school list."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import accumulate

from senr_duck.errors import InputError
from senr_duck.resources import read_reference
from senr_duck.sample.district import NONPUBLIC, District, NextSchool, Row, School, Wheel
from senr_duck.sample.enrollment import GRADE_12, KN, PS, TK

_DISTRICT_OFFICE = "0000000"
# The school that isn't reported is the smallest that has at least this share of the students.
_NOT_REPORTED_SHARE = 0.002
_MIN_SCHOOLS_FOR_NOT_REPORTED = 5


def find_district(name: str) -> District:
    """Return the district of that name, with or without its county in parentheses.

    The name is matched in any case. Raises InputError when no district has it, when districts of
    two counties have it, or when the district has no school with students and a span of grades.
    """
    everywhere = read_reference("ca_schools_2023_24.csv")
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
    public = [row for row in own if _has_students(row)]
    if not public:
        raise InputError(
            f"{own[0]['district']} has no school with students and a span of grades",
            "choose a district with schools of its own",
        )
    nonpublic = [row for row in own if row["school_code"] == NONPUBLIC]
    schools = tuple(_read_school(row) for row in (*nonpublic, *public))
    places = range(len(nonpublic), len(schools))
    do_not_report = _choose_not_reported(schools, places)
    reported = [place for place in places if place != do_not_report]
    options = [place for place in reported if schools[place].option]
    return District(
        name=own[0]["district"],
        lea=_lea(own[0]),
        rows=tuple(public),
        schools=schools,
        by_grade=tuple(_make_wheel(schools, places, grade) for grade in range(GRADE_12 + 1)),
        options_by_grade=tuple(
            tuple(place for place in options if schools[place].offers(grade))
            for grade in range(GRADE_12 + 1)
        ),
        cohorts=_weigh_cohorts(schools, places),
        next_schools=_choose_next_schools(schools, reported, own[0], everywhere),
        nonpublic=0 if nonpublic else None,
        nonpublic_share=sum(int(row["enrollment"]) for row in nonpublic) / _size(own),
        do_not_report=do_not_report,
        own_calendar=options[0] if options else reported[-1],
        neighbors=_find_neighbors(own[0], everywhere),
        size=_size(own),
    )


def _lea(row: Row) -> str:
    return row["county_code"] + row["district_code"]


def _size(rows: Iterable[Row]) -> int:
    return sum(int(row["enrollment"]) for row in rows)


def _has_students(row: Row) -> bool:
    """Tell whether a row is a public school with a span of grades below adult education."""
    is_school = row["school_code"] not in (_DISTRICT_OFFICE, NONPUBLIC)
    return is_school and row["low_grade"] not in ("N/A", "Adult") and row["enrollment"] != "0"


def _read_school(row: Row) -> School:
    # A school from K on has TK, for it counts as kindergarten; one from P on has both before it.
    low = {"P": PS, "K": TK, "N/A": KN}
    high = {"P": PS, "K": KN, "Adult": GRADE_12, "Post Secondary": GRADE_12, "N/A": GRADE_12}
    grades = {str(grade): KN + grade for grade in range(1, 13)}
    return School(
        code=row["school_code"],
        low=(low | grades)[row["low_grade"]],
        high=(high | grades)[row["high_grade"]],
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


def _choose_next_schools(
    schools: tuple[School, ...], reported: list[int], own: Row, everywhere: list[Row]
) -> tuple[NextSchool | None, ...]:
    """Choose for each school below grade 12 the one that its top grade is promoted to."""
    chosen: list[NextSchool | None] = []
    for number, school in enumerate(schools):
        grade = school.high + 1
        main = [place for place in reported if not schools[place].option]
        wheel = _make_wheel(schools, main, grade) or _make_wheel(schools, reported, grade)
        if grade > GRADE_12:
            chosen.append(None)
        elif wheel:
            # Steps of the golden ratio spread the schools evenly over the next ones' sizes.
            at = bisect_right(wheel.bounds, number * 0.618034 % 1 * wheel.bounds[-1])
            place = wheel.items[at]
            chosen.append(NextSchool(schools[place].code, place))
        else:
            chosen.append(NextSchool(_find_school_outside(grade, own, everywhere), None))
    return tuple(chosen)


def _find_school_outside(grade: int, own: Row, everywhere: list[Row]) -> str:
    """Return the largest school of the county, else of the state, that offers the grade."""
    candidates = [
        row
        for row in everywhere
        if _has_students(row)
        and row["educational_option"] == "Traditional"
        and row["district_code"] != own["district_code"]
        and _read_school(row).offers(grade)
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


def _find_neighbors(own: Row, everywhere: list[Row]) -> tuple[str, ...]:
    """Return the other districts of the county, or some of the state where it has no other."""
    others = sorted({_lea(row) for row in everywhere} - {_lea(own)})
    return tuple(lea for lea in others if lea[:2] == own["county_code"]) or tuple(others[:4])
