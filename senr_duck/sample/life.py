"""Make up a student's true enrollments over the three school years."""

from random import Random

from senr_duck.sample.days import NO_DAY, SchoolYear, school_years
from senr_duck.sample.district import District
from senr_duck.sample.enrollment import (
    E155,
    E156,
    E170,
    E450,
    GRADE_12,
    N470,
    NO_EXIT,
    NON_ADA,
    PRIMARY,
    PS,
    T160,
    Exit,
)
from senr_duck.sample.midyear import choose_day, choose_reason, meet_event
from senr_duck.sample.student import Student, enter_district, enter_next_grade

# Shares of the students, once in their lives here.
_HERE_FROM_THE_START = 0.85  # of the years in which the district has their grades
_LATE_ARRIVAL = 0.35  # of the others: on a day in mid-year
_NO_SHOW = 0.1  # of the others: enrolled in advance, but never came
_NO_SHOW_CAME_LATER = 0.4  # of the no-shows: in the next school year

# Shares of the students per year.
_EVENT = 0.15  # something in mid-year
_RETURN_NEXT_YEAR = 0.12  # of those who left in mid-year
_SUMMER_LEAVER = 0.045
_SUMMER_MOVER = 0.015
_PREKINDERGARTEN_LEAVER = 0.1
_PROMOTED_AWAY = 0.04  # to a school outside California's public ones
_PROMOTED_ELSEWHERE = 0.06  # to a different school of the district than most
_CONTINUES = 0.06
_CONTINUES_WITH_DISABILITY = 0.4
_GRADUATE = 0.9  # of the other seniors
_COMPLETES_WITHOUT_DIPLOMA = 0.4  # of the rest


def live(district: District, rng: Random) -> Student:
    """Make up a student of the district and everything that happened in the three school years.

    The enrollments break no rule of CALPADS, and are sorted by start date and school.
    """
    random = rng.random
    years = school_years()
    cohort = district.cohorts.spin(rng)
    possible = district.possible_years[cohort]
    newcomer = random() >= _HERE_FROM_THE_START
    y = possible[int(random() * len(possible))] if newcomer else possible[0]
    student = enter_district(district, rng, cohort, cohort - 2 + y)
    student.start = years[y].first_day
    u = random()
    if newcomer and student.status == PRIMARY and u < _NO_SHOW:
        comes_back = _stay_away(student, years[y])
    else:
        if newcomer and u < _NO_SHOW + _LATE_ARRIVAL:
            student.start = choose_day(rng, years[y], student.start) or student.start
        comes_back = _spend_year(student, years[y])
    _come_back(student, y, comes_back)
    return student


def live_on(student: Student, y: int) -> None:
    """Record everything that happens to a student from the school year of entry to the end."""
    _come_back(student, y, _spend_year(student, school_years()[y]))


def _come_back(student: Student, y: int, comes_back: bool) -> None:
    years = school_years()
    while comes_back and enter_next_grade(student):
        y += 1
        student.start = years[y].first_day
        comes_back = _spend_year(student, years[y])
    student.enrollments.sort()


def _stay_away(student: Student, year: SchoolYear) -> bool:
    """Record a no-show; return whether the student comes in the next school year."""
    # Its exit date is the start date for students with a disability, else the day before.
    student.close(student.start if student.disability else student.start - 1, N470)
    return not year.is_current and student.rng.random() < _NO_SHOW_CAME_LATER


def _spend_year(student: Student, year: SchoolYear) -> bool:
    """Record one school year; return whether the student comes back after it."""
    random = student.rng.random
    if (
        random() < _EVENT * year.share
        and student.status == PRIMARY
        and student.school != student.district.nonpublic
        and not meet_event(student, year)
    ):
        return not year.is_current and random() < _RETURN_NEXT_YEAR
    if year.is_current:
        student.close(NO_DAY, NO_EXIT)
        return False
    return _end_year(student, student.district.last_day(student.school, year))


def _end_year(student: Student, last_day: int) -> bool:
    rng, district, grade = student.rng, student.district, student.grade
    if student.status == NON_ADA:
        student.close(last_day, E170)
        return True
    if grade == PS:
        student.close(last_day, E450)
        return rng.random() >= _PREKINDERGARTEN_LEAVER
    if grade == GRADE_12:
        return _end_grade_12(student, last_day)
    if grade == district.schools[student.school].high:
        return _promote(student, last_day)
    u = rng.random()
    if u < _SUMMER_LEAVER:
        student.close(last_day, choose_reason(rng))
        return False
    if u < _SUMMER_LEAVER + _SUMMER_MOVER and district.offers(grade + 1):
        other = district.choose_other_school(rng, grade + 1, student.school)
        if other is not None:
            student.close(last_day, T160)
            student.school = other
            return True
    student.close(last_day, E155)
    return True


def _promote(student: Student, last_day: int) -> bool:
    rng, district = student.rng, student.district
    usual = district.next_schools[student.school]
    u = rng.random()
    if usual is None or u < _PROMOTED_AWAY:
        student.close(last_day, Exit("E230", "485"))
        return False
    if usual.place is None:
        student.close(last_day, Exit("E230", "480", usual.code))
        return False
    place = usual.place
    if u < _PROMOTED_AWAY + _PROMOTED_ELSEWHERE:
        place = district.choose_school(rng, student.grade + 1)
    student.close(last_day, Exit("E230", "480", district.schools[place].code))
    student.school = place
    return True


def _end_grade_12(student: Student, last_day: int) -> bool:
    random = student.rng.random
    continues = _CONTINUES_WITH_DISABILITY if student.disability else _CONTINUES
    if random() < continues:
        student.close(last_day, E156)
        student.repeats = True
        student.adult_transition = "Y" if student.disability else ""
    elif random() < _GRADUATE:
        student.close(
            last_day,
            Exit(
                "E230",
                "100",
                uc_csu="Y" if random() < 0.45 else "N",
                golden_state_seal="Y" if random() < 0.2 else "N",
                biliteracy="Y" if random() < 0.15 else "N",
                exemption="Y" if random() < 0.03 else "N",
            ),
        )
    elif random() < _COMPLETES_WITHOUT_DIPLOMA:
        student.close(last_day, Exit("E230", "360"))
    else:
        student.close(last_day, choose_reason(student.rng))
    return student.repeats
