"""Changes of a life: everything that may have happened since the two sides last agreed.

A change takes a life and returns another one, or None if it does not apply. The caller checks
whether CALPADS would accept the result.
"""

from collections.abc import Callable
from datetime import timedelta

from tests.support.extracts import Record, closed
from tests.support.lives import (
    SCHOOLS,
    Life,
    Person,
    is_graduate,
    is_open,
    read_day,
    reopened,
    year_of,
)

# Fields that have nothing to do with where and when, each with a value that no life has so far.
FACTS = (
    ("grade_level_code", "06"),
    ("student_school_transfer_code", "1"),
    ("district_of_geographic_residence_code", "1975309"),
    ("adult_age_students_with_disabilities_in_transition_status", "Y"),
)

Change = Callable[[Person, Life], Life | None]


def _replace(life: Life, old: Record, *new: Record) -> Life:
    place = next(number for number, one in enumerate(life) if one is old)
    return [*life[:place], *new, *life[place + 1 :]]


def _choose(person: Person, records: list[Record]) -> Record | None:
    return person.rng.choice(records) if records else None


def _drop(person: Person, life: Life) -> Life | None:
    """Remove one enrollment, or all of them."""
    one = _choose(person, life)
    if one is None:
        return None
    return [] if person.rng.random() < 0.2 else _replace(life, one)


def _add(person: Person, life: Life) -> Life | None:
    return [*life, person.propose()]


def _shift(person: Person, life: Life) -> Life | None:
    """Let an enrollment start on another day of its year."""
    one = _choose(person, life)
    if one is None:
        return None
    start = f"{person.day(year_of(one)):%Y%m%d}"
    if one.get("student_exit_reason_code") == "N470":
        return _replace(life, one, person.stay_away({**one, "enrollment_start_date": start}))
    return _replace(life, one, {**one, "enrollment_start_date": start})


def _move(person: Person, life: Life) -> Life | None:
    one = _choose(person, life)
    if one is None:
        return None
    return _replace(life, one, {**one, "school_of_attendance": person.rng.choice(SCHOOLS)})


def _reopen(person: Person, life: Life) -> Life | None:
    one = _choose(person, [o for o in life if not is_open(o) and year_of(o) == person.this_year])
    return None if one is None else _replace(life, one, reopened(one))


def _end(person: Person, life: Life) -> Life | None:
    """End an enrollment in any way, or in a different way than before."""
    one = _choose(person, life)
    return None if one is None else _replace(life, one, person.end_somehow(reopened(one)))


def _stretch(person: Person, life: Life) -> Life | None:
    """Move an exit, but keep its reason."""
    one = _choose(person, [o for o in life if not is_open(o)])
    if one is None:
        return None
    return _replace(
        life, one, {**one, "enrollment_exit_date": f"{person.day(year_of(one)):%Y%m%d}"}
    )


def _stretch_over(person: Person, life: Life) -> Life | None:
    """Stretch an enrollment over a later one that shrinks, stays away or gives up being primary."""
    pairs = [
        (long, short)
        for long in life
        for short in life
        if long["enrollment_start_date"] < short["enrollment_start_date"]
        and long["school_of_attendance"] != short["school_of_attendance"]
    ]
    if not pairs:
        return None
    long, short = person.rng.choice(pairs)
    start = read_day(short["enrollment_start_date"])
    way = person.rng.randint(0, 3)
    if way == 0:
        shrunk = person.stay_away(short)
    elif way == 1:
        days = person.rng.randint(0, 30)
        end = min(start + timedelta(days=days), person.as_of)
        shrunk = person.leave({**short, "enrollment_status_code": "30"}, end)
    else:
        shrunk = with_status(person, short, "20" if way == 2 else "50")
    after = [day for day in (person.day(year_of(short)), person.day(year_of(short))) if day > start]
    if after:
        stretched = person.leave(long, after[0])
    elif year_of(long) == person.this_year:
        stretched = reopened(long)
    else:
        stretched = person.end_year(long)
    return _replace(_replace(life, long, stretched), short, shrunk)


def _swap(person: Person, life: Life) -> Life | None:
    """Swap a primary enrollment with another one, and correct the end of either."""
    pairs = [
        (one, other)
        for one in life
        for other in life
        if one["enrollment_status_code"] == "10" and other["enrollment_status_code"] in ("20", "50")
    ]
    if not pairs:
        return None
    one, other = person.rng.choice(pairs)
    first = with_status(person, one, other["enrollment_status_code"])
    second = with_status(person, other, "10")
    if person.rng.random() < 0.5:
        first = person.end_somehow(reopened(first))
    if person.rng.random() < 0.5:
        second = person.end_somehow(reopened(second))
    return _replace(_replace(life, one, first), other, second)


def _change_status(person: Person, life: Life) -> Life | None:
    one = _choose(person, life)
    if one is None:
        return None
    return _replace(
        life, one, with_status(person, one, person.rng.choice(("10", "20", "30", "50")))
    )


def _change_reason(person: Person, life: Life) -> Life | None:
    """Change the reason of an exit, but not its day."""
    one = _choose(person, [o for o in life if not is_open(o)])
    if one is None:
        return None
    return _replace(life, one, person.leave(one, read_day(one["enrollment_exit_date"])))


def _stay_away(person: Person, life: Life) -> Life | None:
    one = _choose(person, life)
    return None if one is None else _replace(life, one, person.stay_away(one))


def _graduate(person: Person, life: Life) -> Life | None:
    """Give a diploma on the day of an exit, or on any."""
    one = _choose(person, [o for o in life if o["grade_level_code"] == "12"])
    if one is None:
        return None
    day = person.day(year_of(one)) if is_open(one) else read_day(one["enrollment_exit_date"])
    return _replace(life, one, person.graduate(one, day))


def _take_back_diploma(person: Person, life: Life) -> Life | None:
    """Turn a graduate into a leaver, and let another enrollment end later than that."""
    one = _choose(person, [o for o in life if is_graduate(o)])
    if one is None:
        return None
    left = person.leave(one, read_day(one["enrollment_exit_date"]))
    other = _choose(person, [o for o in life if o is not one])
    if other is None:
        return _replace(life, one, left)
    later = person.leave(other, person.day(year_of(other)))
    return _replace(_replace(life, one, left), other, later)


def _change_facts(person: Person, life: Life) -> Life | None:
    """Change fields that do not affect place or time."""
    one = _choose(person, life)
    if one is None:
        return None
    column, value = person.rng.choice(FACTS)
    if column == "grade_level_code" and person.grade != "05":
        return None
    return _replace(life, one, {**one, column: value})


def _split(person: Person, life: Life) -> Life | None:
    """Close an enrollment with E150 in mid-year, and continue it on the next day."""
    one = _choose(person, [o for o in life if o.get("student_exit_reason_code") != "N470"])
    if one is None:
        return None
    day = person.day(year_of(one))
    before = closed(with_status(person, reopened(one), "10"), f"{day:%Y%m%d}", "E150")
    start = f"{day + timedelta(days=1):%Y%m%d}"
    after = {**one, "enrollment_start_date": start}
    return _replace(life, one, before, with_status(person, after, person.rng.choice(("10", "50"))))


def with_status(person: Person, one: Record, status: str) -> Record:
    """Return the record with another status, and an exit reason that fits it."""
    changed = {**one, "enrollment_status_code": status}
    if is_open(one) or one["enrollment_status_code"] == status:
        return changed
    if one["student_exit_reason_code"] == "N470" and status != "20":
        return changed
    return person.leave(changed, read_day(one["enrollment_exit_date"]))


CHANGES: dict[str, Change] = {
    "drop": _drop,
    "add": _add,
    "shift": _shift,
    "move": _move,
    "reopen": _reopen,
    "end": _end,
    "stretch": _stretch,
    "stretch over": _stretch_over,
    "swap": _swap,
    "status": _change_status,
    "reason": _change_reason,
    "stay away": _stay_away,
    "graduate": _graduate,
    "take back": _take_back_diploma,
    "facts": _change_facts,
    "split": _split,
}
