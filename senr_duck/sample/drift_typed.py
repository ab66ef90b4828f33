"""Drifts in what someone typed in the SIS: unusual, and sent with a warning, or held.

Each takes one student's case, changes one or both sides if it fits, and returns whether it did.
"""

from senr_duck.sample.case import Case, ends_at_year_end, is_this_year
from senr_duck.sample.days import school_years
from senr_duck.sample.enrollment import (
    E155,
    E156,
    GRADES,
    KN,
    N470,
    SECONDARY,
    SHORT_TERM,
    T160,
    Enrollment,
)

_WITH_APOSTROPHE = ("D\u2019Angelo", "O\u2019Brien", "O\u2019Connor", "O\u2019Neill")


def type_apostrophe(case: Case) -> bool:
    """Give a new student a last name with a typographic apostrophe; CALPADS lacks the student."""
    if case.arrived_now() is None:
        return False
    last = _WITH_APOSTROPHE[int(case.rng.random() * len(_WITH_APOSTROPHE))]
    case.ods.clear()
    case.sis_person = case.sis_person._replace(last=last)
    return True


def delete_in_sis(case: Case) -> bool:
    """Add a deletion line to the SIS for a secondary enrollment that only CALPADS has."""
    last = case.open_now()
    other = case.other_school(GRADES.index(last.grade)) if last else None
    if last is None or other is None:
        return False
    deleted = Enrollment(last.start, other, SECONDARY, last.grade)
    case.ods.append(deleted)
    case.ods.sort()
    case.sis_deleted = deleted
    return True


def extend_short_term(case: Case) -> bool:
    """Extend a short-term enrollment in the SIS to 30 days, which is the most there may be."""
    return _extend_short_term(case, 30)


def extend_short_term_too_long(case: Case) -> bool:
    """Extend a short-term enrollment in the SIS to 31 days."""
    return _extend_short_term(case, 31)


def _extend_short_term(case: Case, days: int) -> bool:
    """Add a short-term enrollment; in the SIS it lasts so many days, the first and last counted."""
    last = case.open_now()
    grade = GRADES.index(last.grade) if last else 0
    if last is None or grade < KN:
        return False
    schools = [place for place in case.district.options_by_grade[grade] if place != last.school]
    known_days = school_years()[-1].school_days
    starts = [
        day for day in known_days if day > last.start + 7 and day + days - 1 <= known_days[-1]
    ]
    if not schools or not starts:
        return False
    start = starts[int(case.rng.random() * len(starts))]
    school = schools[int(case.rng.random() * len(schools))]
    short = Enrollment(start, school, SHORT_TERM, last.grade, start + 14, T160)
    case.ods.append(short)
    case.sis.append(short._replace(exit_day=start + days - 1))
    return True


def type_e155_for_senior(case: Case) -> bool:
    """Type E155 in the SIS for a senior who continues, where E156 is right."""
    before = case.before_last()
    if case.open_now() is None or before is None or before.outcome != E156:
        return False
    case.sis[-2] = before._replace(outcome=E155)
    return True


def leave_after_year(case: Case) -> bool:
    """Date the exit of a student who left over the summer after the end of the school year."""
    last = case.left()
    if last is None or not ends_at_year_end(last) or last.outcome.reason[:1] != "T":
        return False
    year = next(year for year in school_years() if last.start <= year.last_day)
    after = year.summer_end + 1 + int(case.rng.random() * 14)
    case.ods[-1] = last._replace(outcome=E156 if last.grade == GRADES[-1] else E155)
    case.sis[-1] = last._replace(exit_day=after)
    return True


def stay_away_after_summer(case: Case) -> bool:
    """Turn this year's enrollment of a student with an E155 last year into a no-show in the SIS."""
    last, before = case.open_now(), case.before_last()
    if last is None or before is None or before.outcome != E155 or is_this_year(before):
        return False
    day = last.start if case.has_disability else last.start - 1
    case.sis[-1] = last._replace(exit_day=day, outcome=N470)
    return True
