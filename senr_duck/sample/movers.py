"""Make up students who leave one district in mid-year and continue in another."""

from bisect import bisect_left
from collections.abc import Iterator
from random import Random

from senr_duck.sample.blocks import Link
from senr_duck.sample.days import school_years
from senr_duck.sample.district import District
from senr_duck.sample.enrollment import GRADES, KN, N470, PRIMARY, T160
from senr_duck.sample.life import live, live_on
from senr_duck.sample.midyear import choose_day
from senr_duck.sample.people import Person, choose_ssid_step, make_person
from senr_duck.sample.student import Student, choose_birth_day, enter_district


def make_movers(link: Link) -> Iterator[tuple[Person, Student, Student | None]]:
    """Yield a link's people in order of SSID, each with their lives in both districts.

    The second life is None if the move is not possible. The districts assign the local student IDs.
    """
    rng = Random(link.seed)  # noqa: S311 - made-up students need the same bytes again, not secrecy
    ssid = link.ssids.first
    for _ in range(link.count):
        ssid += choose_ssid_step(rng, link.ssids.step)
        student = live(link.origin, rng)
        person = make_person(rng, ssid, 0, choose_birth_day(student))
        yield person, student, _move(student, link.destination)


def _move(student: Student, destination: District) -> Student | None:
    """End a student's life here in one of the enrollments, and continue it in another district.

    If it cannot happen (no such grade there, too few days), nothing changes.
    """
    rng = student.rng
    at = int(rng.random() * len(student.enrollments))
    left, before = student.enrollments[at], student.enrollments[:at]
    grade = GRADES.index(left.grade)
    y = max(y for y, year in enumerate(school_years()) if year.first_day <= left.start)
    days = school_years()[y].school_days
    day = choose_day(rng, school_years()[y], left.start)
    if left.status != PRIMARY or left.outcome == N470 or day is None:
        return None
    if grade < KN or not destination.offers(grade):
        return None
    if 0 < left.exit_day <= day or any(not 0 < earlier.exit_day <= day for earlier in before):
        return None
    student.enrollments[at:] = [left._replace(exit_day=day, outcome=T160)]
    there = enter_district(destination, rng, student.cohort, grade)
    later = bisect_left(days, day) + 1 + int(rng.random() * 8)
    there.start = days[min(later, len(days) - 1)]
    live_on(there, y)
    return there
