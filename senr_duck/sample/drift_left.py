"""Drifts that the reconciliation leaves alone: kept, not sent, held and out of scope.

Each takes one student's case, changes one side or both where it fits, and tells whether it did.
"""

from datetime import date

from senr_duck.sample.case import Case, is_this_year
from senr_duck.sample.days import IMPOSSIBLE_DAY, day_number, school_years
from senr_duck.sample.enrollment import (
    E155,
    E156,
    GRADES,
    KN,
    N470,
    PRIMARY,
    T160,
    Enrollment,
    reopen,
)


def plan_exit(case: Case) -> bool:
    """Give the SIS an exit after the as-of date."""
    last = case.open_now()
    if last is None:
        return False
    case.sis[-1] = last._replace(exit_day=day_number(date(2026, 11, 20)), outcome=T160)
    return True


def graduate_in_summer(case: Case) -> bool:
    """Turn a graduation of last June into one of July, kept by hand in CALPADS and listed."""
    if not _graduate_in_summer(case, 1):
        return False
    case.keep_why = "summer graduate entered by hand"
    return True


def graduate_unlisted(case: Case) -> bool:
    """Turn a graduation of last June into one of July, kept by hand in CALPADS alone."""
    return _graduate_in_summer(case, 1)


def graduate_in_earlier_summer(case: Case) -> bool:
    """Turn a graduation of the June before into one of July, in CALPADS alone."""
    return _graduate_in_summer(case, 0)


def _graduate_in_summer(case: Case, y: int) -> bool:
    last, year = case.truth[-1], school_years()[y]
    if last.outcome.completion_status != "100" or last.exit_day != case.district.last_day(
        last.school, year
    ):
        return False
    june = last._replace(outcome=E156)
    case.sis[-1] = june
    case.ods[-1:] = [june, last._replace(start=year.summer_end, exit_day=year.summer_end)]
    return True


def lose_history(case: Case) -> bool:
    """Take the first enrollment from the SIS, one of the first school year."""
    if len(case.truth) == 1 or case.truth[0].start >= school_years()[1].first_day:
        return False
    del case.sis[0]
    return True


def stand_open(case: Case) -> bool:
    """Leave an earlier year's only enrollment open in CALPADS, and none in the SIS."""
    last = case.left()
    if last is None or is_this_year(last) or len(case.truth) > 1:
        return False
    case.ods[-1] = reopen(last)
    case.sis.clear()
    return True


def leave_no_show(case: Case) -> bool:
    """Take a no-show of this year from the SIS."""
    if len(case.truth) > 1 or case.truth[0].outcome != N470 or not is_this_year(case.truth[0]):
        return False
    case.sis.clear()
    return True


def return_soon(case: Case) -> bool:
    """Add the return, after the as-of date, of a student who left to CALPADS."""
    last = case.left()
    if last is None or not is_this_year(last):
        return False
    case.ods.append(reopen(last)._replace(start=day_number(date(2026, 11, 2))))
    return True


def arrive_soon(case: Case) -> bool:
    """Let a new student start after the as-of date, in the SIS alone."""
    last = case.arrived_now()
    if last is None:
        return False
    case.ods.clear()
    case.sis[-1] = last._replace(start=day_number(date(2026, 11, 9)))
    return True


def miss_history(case: Case) -> bool:
    """Take an earlier year's enrollment from CALPADS that the SIS shows closed."""
    first = case.truth[0]
    stored = first.outcome.reason == "E230" or first.outcome.reason[:1] == "T"
    if first.status != PRIMARY or not stored or is_this_year(first):
        return False
    del case.ods[0]
    return True


def mistype_exit_date(case: Case) -> bool:
    """Give the SIS an exit date that no calendar has."""
    last = case.open_now()
    if last is None:
        return False
    case.sis[-1] = last._replace(exit_day=IMPOSSIBLE_DAY, outcome=T160)
    return True


def blank_grade(case: Case) -> bool:
    """Take the grade from the SIS."""
    last = case.open_now()
    if last is None:
        return False
    case.sis[-1] = last._replace(grade="")
    return True


def use_unknown_code(case: Case) -> bool:
    """Give the SIS a local transfer code that nobody translates."""
    last = case.open_now()
    if last is None:
        return False
    case.sis[-1] = last._replace(transfer="9")
    return True


def lack_ssid(case: Case) -> bool:
    """Take the SSID of a new student from the SIS, and the student from CALPADS."""
    if case.arrived_now() is None:
        return False
    case.ods.clear()
    case.sis_person = case.sis_person._replace(ssid="")
    return True


def contradict_completion(case: Case) -> bool:
    """Give the SIS a completion status beside a transfer."""
    last = case.left()
    if last is None:
        return False
    case.sis[-1] = last._replace(outcome=last.outcome._replace(completion_status="480"))
    return True


def start_early_in_ods(case: Case) -> bool:
    """Add an enrollment before the window to the ODS extract."""
    return _start_before_window(case, case.ods)


def start_early_in_sis(case: Case) -> bool:
    """Add an enrollment before the window to the SIS extract."""
    return _start_before_window(case, case.sis)


def _start_before_window(case: Case, side: list[Enrollment]) -> bool:
    first = case.truth[0]
    grade = GRADES.index(first.grade) - 1
    school = case.district.schools[first.school]
    if first.start != school_years()[0].first_day or grade < KN or not school.offers(grade):
        return False
    if first.status != PRIMARY or first.outcome == N470:
        return False
    side.insert(
        0,
        first._replace(
            start=day_number(date(2023, 8, 16)),
            grade=GRADES[grade],
            exit_day=day_number(date(2024, 6, 6)),
            outcome=E155,
            adult_transition="",
        ),
    )
    return True


def repeat_line(case: Case) -> bool:
    """Repeat a line of the ODS extract."""
    case.ods.append(case.ods[-1])
    return True
