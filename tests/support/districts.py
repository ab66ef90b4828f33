"""Made-up districts: students with both sides, whose lives go on from day to day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from senr_duck.simulate import Record as Posted
from tests.support.changes import CHANGES
from tests.support.convergence import breaks_a_rule
from tests.support.extracts import LEA, Record, closed
from tests.support.lives import (
    EXIT,
    STORIES,
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

# While the year before is still open, on its last open day, and on the day after; early in the
# year; in the middle of it; within 14 days of the last school day, when year ends are due; after
# it.
AS_OF = (
    date(2027, 7, 20),
    date(2027, 8, 15),
    date(2027, 8, 16),
    date(2027, 10, 5),
    date(2028, 2, 29),
    date(2028, 5, 29),
    date(2028, 6, 15),
)

# In names that CALPADS refuses by its rules.
ODD_CHARACTERS = "()"

# One in this many changes of a life is kept although CALPADS may reject the result.
TRIES_PER_SPOILED = 300


@dataclass(frozen=True)
class Student:
    """One student: ``ods`` is what CALPADS has, ``truth`` what it should have.

    ``sis`` is the truth as a student information system writes it, which has ``last_name``.
    ``changes`` are the changes between ``ods`` and ``truth``, in either direction.
    """

    ssid: str
    grade: str
    last_name: str
    ods: tuple[Record, ...]
    truth: tuple[Record, ...]
    sis: tuple[Record, ...]
    story: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class District:
    """Some students of an LEA on one day."""

    as_of: date
    students: tuple[Student, ...]
    lea: str = LEA


# Changes that need an order, and rarely fit, are tried more often.
_STORIES = (*STORIES, "two schools", "graduate")
_CHANGES = (*CHANGES, "swap", "stretch over", "take back")

# The most changes of one student: several things happen at once, but not everything.
_MOST_CHANGES = 4


def fixed_district(as_of: date, students: int, number: int = 0) -> District:
    """Return a district in which everything happens, the same one every time for each number.

    Its SSIDs begin 40 after those of the one before it.
    """
    rng = Random(f"{as_of} {number}" if number else f"{as_of}")  # noqa: S311 - made-up students need the same wishes again
    wishes = [
        (
            rng.choice(_STORIES),
            rng.choices(_CHANGES, k=rng.randint(0, _MOST_CHANGES)),
            rng.randrange(2**31),
        )
        for _ in range(students)
    ]
    first = 1_000_000_000 + 40 * number
    students = (make_student(f"{first + place}", as_of, *wish) for place, wish in enumerate(wishes))
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
        grade=person.grade,
        last_name="Nuñez",
        ods=tuple(_name(one) for one in ods),
        truth=tuple(truth),
        sis=tuple(_name(_write(person, one, ods)) for one in truth),
        story=story,
        changes=tuple(changes),
    )


def _name(one: Record) -> Record:
    """Return the record with the student's own first name; all last names are the same."""
    return {**one, "student_legal_first_name": f"Ana {one['ssid'][-4:]}"}


def settle_in(district: District, lea: str, place: int) -> District:
    """Return the district as another LEA, with schools of its own for each ``place``."""

    def move(records: tuple[Record, ...]) -> tuple[Record, ...]:
        return tuple(
            {
                **one,
                "reporting_lea": lea,
                "school_of_attendance": str(int(one["school_of_attendance"]) + 1000 * place),
            }
            for one in records
        )

    students = tuple(
        replace(one, ods=move(one.ods), truth=move(one.truth), sis=move(one.sis))
        for one in district.students
    )
    return replace(district, students=students, lea=lea)


def go_on(
    district: District, as_of: date, in_calpads: Mapping[str, tuple[Record, ...]], seed: int
) -> District:
    """Return the district on a later day: some lives have changed, the SIS is exported again.

    ``in_calpads`` are the records that CALPADS has by now, by SSID. The district is at home, as
    ``fixed_district`` made it.
    """
    rng = Random(f"{seed}")  # noqa: S311 - made-up students need the same days again
    students = []
    for one in district.students:
        person = Person(rng, one.ssid, one.grade, as_of)
        wishes = rng.choices(_CHANGES, k=rng.randint(1, 2)) if rng.random() < 0.2 else []
        truth, changes = _change(person, settle(one.truth, as_of), wishes)
        ods = in_calpads.get(one.ssid, ())
        named = {"student_legal_last_name": one.last_name}
        sis = tuple({**_name(_write(person, record, list(ods))), **named} for record in truth)
        students.append(
            replace(
                one,
                grade=person.grade,
                ods=ods,
                truth=tuple(truth),
                sis=sis,
                changes=(*one.changes, *changes),
            )
        )
    return replace(district, as_of=as_of, students=tuple(students))


def name_oddly(district: District) -> District:
    """Return the district with odd names.

    Every tenth student has a name that CALPADS refuses by its rules, and that its extract shows;
    another tenth have one that the SIS writes with a typographic apostrophe.
    """
    students = []
    for number, student in enumerate(district.students):
        names = {0: ("Nuñez (Paz)", "Nuñez (Paz)"), 1: ("D'Paz", "D\u2019Paz")}.get(number % 10)
        if names is not None:
            in_ods, in_sis = ({"student_legal_last_name": name} for name in names)
            student = replace(
                student,
                last_name=names[1],
                ods=tuple({**one, **in_ods} for one in student.ods),
                sis=tuple({**one, **in_sis} for one in student.sis),
            )
        students.append(student)
    return replace(district, students=tuple(students))


def has_odd_name(student: Student) -> bool:
    """Return whether the student's name has characters that CALPADS refuses by its rules."""
    records = (*student.ods, *student.sis)
    return any(set(ODD_CHARACTERS) & set(one["student_legal_last_name"]) for one in records)


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
    """Reopen some enrollments whose year end CALPADS does not know yet."""
    for one in ods:
        if ends_its_year(one) and person.rng.random() < 0.4:
            opened = [reopened(other) if other is one else other for other in ods]
            if not breaks_a_rule([Posted(**other) for other in opened], person.as_of):
                ods = opened
    return ods


def _write(person: Person, one: Record, ods: Life) -> Record:
    """Return the record as the SIS may write it, which means the same according to section 3.

    Year-end codes are never stored, other exit codes are local ones, an exit may be planned.
    """
    held = next((other for other in ods if key_of(other) == key_of(one)), None)
    chance = person.rng.random()
    if is_open(one):
        plans = (held is None or is_open(held)) and person.as_of < date(person.this_year + 1, 5, 1)
        if plans and chance < 0.2:
            day = person.as_of + timedelta(days=person.rng.randint(1, 60))
            return closed(one, f"{day:%Y%m%d}", "T160")
        return one
    if year_of(one) < person.years[1]:
        return one
    if year_of(one) < person.this_year:
        same_exit = held is not None and all(held.get(c) == one.get(c) for c in EXIT)
        is_within = one["enrollment_exit_date"] < f"{year_of(one) + 1}0701"
        is_due = ends_its_year(one) and held is not None and is_open(held)
        if is_within and (same_exit or is_due) and chance < 0.6:
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
