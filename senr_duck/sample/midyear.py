"""Make up what happens to a student in the middle of a school year."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from random import Random

from senr_duck.sample.days import NO_DAY, SchoolYear
from senr_duck.sample.enrollment import (
    E150,
    E170,
    GRADE_9,
    GRADE_10,
    KN,
    NO_EXIT,
    SECONDARY,
    SHORT_TERM,
    T160,
    T167,
    Exit,
)
from senr_duck.sample.student import Student, take_transfer

_RETURN = 0.2  # of those who leave: weeks later
_HELD_BACK = 0.5  # of the high school students with an E150: move up a grade in mid-year
_SECONDARY_ENDS_EARLY = 0.4
# The share of moves in which the new school starts on the old one's last day, not the next day.
_HANDOVER_DAY = 0.02
_NEXT_DAY = 0.3

_LEAVING_REASONS = tuple(
    Exit(reason)
    for reason, weight in (
        ("T160", 22),
        ("T200", 7),
        ("T180", 6),
        ("T240", 3),
        ("E140", 2),
    )
    for _ in range(weight)
)


def meet_event(student: Student, year: SchoolYear) -> bool:
    """Let one event happen in mid-year; return whether the student is still enrolled after it.

    If it cannot happen (no other school, too few days), nothing changes.
    """
    at = bisect_right(_EVENT_BOUNDS, student.rng.random() * _EVENT_BOUNDS[-1])
    return _EVENTS[at][1](student, year)


def choose_reason(rng: Random) -> Exit:
    """Return a reason for leaving the district."""
    return _LEAVING_REASONS[int(rng.random() * len(_LEAVING_REASONS))]


def choose_day(rng: Random, year: SchoolYear, after: int) -> int | None:
    """Return a school day at least about a week after that day, but not one of the year's last."""
    first = bisect_right(year.school_days, after) + 4
    count = len(year.school_days) - 3 - first
    return year.school_days[first + int(rng.random() * count)] if count > 0 else None


def _move_school(student: Student, year: SchoolYear) -> bool:
    rng, district = student.rng, student.district
    day = choose_day(rng, year, student.start)
    other = district.choose_other_school(rng, student.grade, student.school)
    if day is not None and other is not None:
        student.close(day, T167 if district.schools[other].option else T160)
        u = rng.random()
        if u < _HANDOVER_DAY:
            days_between = 0
        elif u < _HANDOVER_DAY + _NEXT_DAY:
            days_between = 1
        else:
            days_between = 2 + int(rng.random() * 7)
        at = bisect_left(year.school_days, day) + days_between
        student.start = year.school_days[min(at, len(year.school_days) - 1)]
        student.school = other
    return True


def _change_enrollment(student: Student, year: SchoolYear) -> bool:
    """Change the grade or transfer code in mid-year: exit with E150, continue the next day."""
    rng = student.rng
    day = choose_day(rng, year, student.start)
    if day is not None:
        lower = student.grade - 1
        held_back = (
            lower >= GRADE_9
            and student.district.schools[student.school].offers(lower)
            and not student.enrollments
        )
        if held_back and rng.random() < _HELD_BACK:
            student.grade = lower
            student.close(day, E150)
            student.grade = lower + 1
        else:
            student.close(day, E150)
            if student.transfer:
                student.transfer = student.residence = ""
            else:
                take_transfer(student)
        student.start = day + 1
    return True


def _leave(student: Student, year: SchoolYear) -> bool:
    rng = student.rng
    day = choose_day(rng, year, student.start)
    if day is None:
        return True
    student.close(day, choose_reason(rng))
    back = choose_day(rng, year, day + 10)
    if back is None or rng.random() >= _RETURN:
        return False
    student.start = back
    return True


def _attend_short_term(student: Student, year: SchoolYear) -> bool:
    """Add up to 30 days at an educational option school to the primary enrollment.

    The first and the last day both count.
    """
    rng, days = student.rng, year.school_days
    options = student.district.options_by_grade[student.grade]
    day = choose_day(rng, year, student.start)
    if student.grade >= KN and options and day is not None:
        school = options[int(rng.random() * len(options))]
        last = days[bisect_right(days, day + 6 + int(rng.random() * 24)) - 1]
        if school != student.school and last > day:
            student.enrollments.append(student.describe(day, school, SHORT_TERM, last, T160))
    return True


def _attend_secondary(student: Student, year: SchoolYear) -> bool:
    """Add an enrollment at another high school to the primary one."""
    rng, district = student.rng, student.district
    if student.grade < GRADE_10:
        return True
    other = district.choose_other_school(rng, student.grade, student.school)
    day = choose_day(rng, year, student.start)
    if other is not None and day is not None:
        exit_day = NO_DAY if year.is_current else year.last_day
        if rng.random() < _SECONDARY_ENDS_EARLY:
            exit_day = choose_day(rng, year, day) or exit_day
        outcome = E170 if exit_day else NO_EXIT
        student.enrollments.append(student.describe(day, other, SECONDARY, exit_day, outcome))
    return True


# Relative frequencies.
_EVENTS: tuple[tuple[float, Callable[[Student, SchoolYear], bool]], ...] = (
    (28, _move_school),
    (12, _change_enrollment),
    (32, _leave),
    (9, _attend_short_term),
    (19, _attend_secondary),
)
_EVENT_BOUNDS = tuple(accumulate(weight for weight, _ in _EVENTS))
