"""Drifts that need a correction: exits, updates, adds, removals, no-shows, names.

Each takes one student's case, changes one or both sides if it fits, and returns whether it did.
Afterwards, the ODS side still follows CALPADS's own rules.
"""

from senr_duck.sample.case import Case, ends_at_year_end, is_this_year
from senr_duck.sample.days import school_years
from senr_duck.sample.enrollment import (
    E150,
    E155,
    E156,
    GRADES,
    KN,
    N470,
    PRIMARY,
    SECONDARY,
    T160,
    Enrollment,
    Exit,
    reopen,
)


def miss_exit(case: Case) -> bool:
    """Leave an enrollment that ended this year open in CALPADS."""
    last = case.truth[-1]
    if not last.exit_day or last.status != PRIMARY or last.outcome == N470:
        return False
    if not is_this_year(last):
        return False
    case.ods[-1] = reopen(last)
    return True


def miss_summer_exit(case: Case) -> bool:
    """Leave the enrollment of a student who left over a summer open in CALPADS."""
    last = case.left()
    if last is None or not ends_at_year_end(last):
        return False
    case.ods[-1] = reopen(last)
    return True


def miss_rollover(case: Case) -> bool:
    """Remove last year's E155 and this year's enrollment at the same school from CALPADS."""
    last, before = case.open_now(), case.before_last()
    if last is None or before is None or before.outcome != E155 or before.school != last.school:
        return False
    if before.start < school_years()[1].first_day:
        return False
    case.ods[-2:] = [reopen(before)]
    return True


def miss_move(case: Case) -> bool:
    """Leave only the old school in CALPADS after a mid-year move, and leave it open."""
    last, before = case.open_now(), case.before_last()
    if last is None or before is None or before.outcome.reason not in ("T160", "T167"):
        return False
    if not is_this_year(before) or before.school == last.school:
        return False
    case.ods[-2:] = [reopen(before)]
    return True


def miss_split(case: Case) -> bool:
    """Leave only the first half of an enrollment split with E150 in CALPADS, and leave it open."""
    last, before = case.open_now(), case.before_last()
    if last is None or before is None or before.outcome != E150 or not is_this_year(before):
        return False
    case.ods[-2:] = [reopen(before)]
    return True


def misdate_exit(case: Case) -> bool:
    """Give CALPADS an earlier exit date, as before a correction in the SIS."""
    last = case.left()
    if last is None or ends_at_year_end(last) or last.exit_day - last.start < 10:
        return False
    case.ods[-1] = last._replace(exit_day=last.exit_day - 1 - int(case.rng.random() * 7))
    return True


def misgrade(case: Case) -> bool:
    """Give CALPADS the grade below the true one."""
    last = case.open_now()
    grade = GRADES.index(last.grade) if last else 0
    if last is None or grade <= KN + 1 or not case.district.schools[last.school].offers(grade - 1):
        return False
    case.ods[-1] = last._replace(grade=GRADES[grade - 1])
    return True


def keep_old_transfer(case: Case) -> bool:
    """Leave an expired transfer agreement in CALPADS."""
    last = case.open_now()
    if last is None or last.transfer:
        return False
    case.ods[-1] = last._replace(transfer="1", residence=case.district.neighbors[0])
    return True


def mistake_residence(case: Case) -> bool:
    """Give CALPADS another district of residence."""
    last = case.open_now()
    others = [code for code in case.district.neighbors if last and code != last.residence]
    if last is None or not last.transfer or not others:
        return False
    case.ods[-1] = last._replace(residence=others[int(case.rng.random() * len(others))])
    return True


def mistake_reason(case: Case) -> bool:
    """Give CALPADS another reason for a mid-year exit."""
    last = case.left()
    if last is None or ends_at_year_end(last):
        return False
    case.ods[-1] = last._replace(outcome=Exit("T180") if last.outcome == T160 else T160)
    return True


def leave_over_summer(case: Case) -> bool:
    """Leave the year-end code of a student who actually left over the summer in CALPADS."""
    last = case.left()
    if last is None or not ends_at_year_end(last):
        return False
    case.ods[-1] = last._replace(outcome=_year_end_code(last))
    return True


def take_exit_away(case: Case) -> bool:
    """Give CALPADS an exit for a student who is still enrolled."""
    last = case.open_now()
    day = _later_school_day(case, last)
    if last is None or day is None:
        return False
    case.ods[-1] = last._replace(exit_day=day, outcome=T160)
    return True


def miss_arrival(case: Case) -> bool:
    """Remove a student who is new this year from CALPADS."""
    if case.arrived_now() is None:
        return False
    case.ods.clear()
    return True


def miss_return(case: Case) -> bool:
    """Remove this year's enrollment of a student with earlier years from CALPADS."""
    if case.open_now() is None or not _was_here_before(case):
        return False
    case.ods.pop()
    return True


def misdate_start(case: Case) -> bool:
    """Give CALPADS another start date, and therefore another key, this year."""
    last = case.open_now()
    if last is None or not _was_here_before(case):
        return False
    case.ods[-1] = last._replace(start=last.start + 1 + int(case.rng.random() * 9))
    return True


def split_for_nothing(case: Case) -> bool:
    """Split an enrollment in CALPADS that was not split in reality."""
    last = case.open_now()
    day = _later_school_day(case, last)
    if last is None or day is None:
        return False
    case.ods[-1:] = [last._replace(exit_day=day, outcome=E150), last._replace(start=day + 1)]
    return True


def enroll_twice(case: Case) -> bool:
    """Add a secondary enrollment at another school to CALPADS that did not happen."""
    last = case.open_now()
    other = case.other_school(GRADES.index(last.grade)) if last else None
    if last is None or other is None:
        return False
    case.ods.append(Enrollment(last.start, other, SECONDARY, last.grade))
    case.ods.sort()
    return True


def enroll_too_early(case: Case) -> bool:
    """Add two weeks at another school to CALPADS, before a late start, that did not happen."""
    last, first_day = case.open_now(), school_years()[-1].first_day
    other = case.other_school(GRADES.index(last.grade)) if last else None
    if last is None or other is None or last.start <= first_day + 14:
        return False
    if len(case.truth) > 1 and not _was_here_before(case):
        return False
    case.ods.insert(-1, Enrollment(first_day, other, PRIMARY, last.grade, first_day + 14, T160))
    return True


def never_come(case: Case) -> bool:
    """Remove a student who enrolled in advance but never came from the SIS."""
    if case.arrived_now() is None:
        return False
    case.sis.clear()
    return True


def come_elsewhere(case: Case) -> bool:
    """Give CALPADS another school or start date for a new student's only enrollment."""
    last = case.arrived_now()
    if last is None:
        return False
    other = case.other_school(GRADES.index(last.grade))
    if other is None:
        case.ods[-1] = last._replace(start=last.start + 1 + int(case.rng.random() * 9))
    else:
        case.ods[-1] = last._replace(school=other)
    return True


def respell_name(case: Case) -> bool:
    """Remove the ñ, the apostrophe, or the hyphen from the last name in CALPADS."""
    last = case.sis_person.last
    plain = last.replace("ñ", "n").replace("'", "").replace("-", " ")
    if plain == last:
        return False
    case.ods_person = case.ods_person._replace(last=plain)
    return True


def _was_here_before(case: Case) -> bool:
    """Return whether the second-to-last enrollment is of an earlier school year."""
    before = case.before_last()
    return before is not None and not is_this_year(before)


def _year_end_code(enrollment: Enrollment) -> Exit:
    return E156 if enrollment.grade == GRADES[-1] else E155


def _later_school_day(case: Case, enrollment: Enrollment | None) -> int | None:
    days = school_years()[-1].school_days
    later = [day for day in days if enrollment and day > enrollment.start + 7]
    return later[int(case.rng.random() * len(later))] if later else None
