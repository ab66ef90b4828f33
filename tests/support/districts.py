"""Made-up districts: students with both their sides, as hypothesis puts them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from senr_duck.simulate import Record as Posted
from tests.support.changes import CHANGES
from tests.support.convergence import breaks_a_rule
from tests.support.extracts import Record, closed
from tests.support.lives import (
    EXIT,
    STORIES,
    THIS_YEAR,
    YEARS,
    Life,
    Person,
    ends_its_year,
    fits,
    is_open,
    key_of,
    live,
    reopened,
    settle,
    year_of,
)

# Early in the year; in the middle of it; within 14 days of the last school day, when year ends are
# due; after it.
AS_OF = (date(2025, 8, 28), date(2026, 3, 2), date(2026, 5, 29), date(2026, 6, 15))

# One in so many tries to change a life stands, although CALPADS may reject what comes of it.
TRIES_PER_SPOILED = 300


@dataclass(frozen=True)
class Student:
    """One student: ``ods`` is what CALPADS holds, ``truth`` what it should hold.

    ``sis`` is the truth as a student information system writes it. ``changes`` are those that lie
    between ``ods`` and ``truth``, either way.
    """

    ssid: str
    ods: tuple[Record, ...]
    truth: tuple[Record, ...]
    sis: tuple[Record, ...]
    story: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class District:
    """Some students on one day."""

    as_of: date
    students: tuple[Student, ...]

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        # hypothesis would print every field of every record
        printer.text(f"<{len(self.students)} students on {self.as_of}>")


# What asks for an order of its own, and seldom fits, is wished for more often.
_STORIES = (*STORIES, "two schools", "graduate")
_CHANGES = (*CHANGES, "swap", "stretch over", "take back")

# The most changes of one student: several things happen at once, but not everything.
_MOST_CHANGES = 4

_WISHES = st.tuples(
    st.sampled_from(_STORIES),
    st.lists(st.sampled_from(_CHANGES), max_size=_MOST_CHANGES),
    st.integers(0, 2**31),
)


@st.composite
def districts(draw: st.DrawFn, students: int) -> District:
    """Return a district of so many students."""
    as_of = draw(st.sampled_from(AS_OF))
    return _make_district(as_of, draw(st.lists(_WISHES, min_size=students, max_size=students)))


def fixed_district(as_of: date, students: int) -> District:
    """Return a district in which everything happens, the same one every time."""
    rng = Random(f"{as_of}")  # noqa: S311 - made-up students need the same wishes again
    wishes = [
        (
            rng.choice(_STORIES),
            rng.choices(_CHANGES, k=rng.randint(0, _MOST_CHANGES)),
            rng.randrange(2**31),
        )
        for _ in range(students)
    ]
    return _make_district(as_of, wishes)


def _make_district(as_of: date, wishes: Sequence[tuple[str, list[str], int]]) -> District:
    students = (
        make_student(f"{1_000_000_000 + number}", as_of, *wish)
        for number, wish in enumerate(wishes)
    )
    return District(as_of, tuple(students))


def make_student(ssid: str, as_of: date, story: str, wishes: list[str], seed: int) -> Student:
    """Return a student whose life went through as many of the changes as fit."""
    rng = Random(f"{ssid} {seed}")  # noqa: S311 - made-up students need the same days again
    person = Person(rng, ssid, rng.choice(("05", "05", "05", "12", "PS")), as_of)
    before = live(person, story)
    after, changes = _change(person, before, wishes)
    ods, truth = (before, after) if rng.random() < 0.5 else (after, before)
    ods = _forget_year_ends(person, ods)
    return Student(
        ssid=ssid,
        ods=tuple(ods),
        truth=tuple(truth),
        sis=tuple(_write(person, one, ods) for one in truth),
        story=story,
        changes=tuple(changes),
    )


def _change(person: Person, life: Life, wishes: list[str]) -> tuple[Life, list[str]]:
    """Return the changed life, and which of the changes fitted in."""
    changes = []
    for name in wishes:
        for _ in range(6):
            changed = CHANGES[name](person, life)
            if changed is None:
                break
            changed = settle(changed, person.as_of)
            spoils = person.rng.randrange(TRIES_PER_SPOILED) == 0
            if changed != life and (spoils or fits(changed, person.as_of)):
                life = changed
                changes.append(name)
                break
    return life, changes


def _forget_year_ends(person: Person, ods: Life) -> Life:
    """Open some enrollments of which CALPADS has not been told that their year is over."""
    for one in ods:
        if ends_its_year(one) and person.rng.random() < 0.4:
            opened = [reopened(other) if other is one else other for other in ods]
            if not breaks_a_rule([Posted(**other) for other in opened], person.as_of):
                ods = opened
    return ods


def _write(person: Person, one: Record, ods: Life) -> Record:
    """Return the record as the SIS may write it, which comes to the same by section 3.

    Year-end codes are never stored, other exit codes are not CALPADS's, an exit is planned.
    """
    held = next((other for other in ods if key_of(other) == key_of(one)), None)
    chance = person.rng.random()
    if is_open(one):
        plans = (held is None or is_open(held)) and person.as_of < date(2026, 5, 1)
        if plans and chance < 0.2:
            day = person.as_of + timedelta(days=person.rng.randint(1, 60))
            return closed(one, f"{day:%Y%m%d}", "T160")
        return one
    if year_of(one) < YEARS[1]:
        return one
    if year_of(one) < THIS_YEAR:
        same_exit = held is not None and all(held.get(c) == one.get(c) for c in EXIT)
        lies_within = one["enrollment_exit_date"] < f"{year_of(one) + 1}0701"
        is_due = ends_its_year(one) and held is not None and is_open(held)
        if lies_within and (same_exit or is_due) and chance < 0.6:
            return reopened(one)
    elif ends_its_year(one) and chance < 0.6:
        return reopened(one)
    if chance < 0.3:
        return one
    if one["student_exit_reason_code"] in ("E170", "E450"):
        return {**one, "student_exit_reason_code": "T160"}
    if one["student_exit_reason_code"] == "E230":
        return {**one, "student_exit_reason_code": ""}
    return one
