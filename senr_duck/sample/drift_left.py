"""Drifts that the reconciliation leaves alone: kept, not sent, held, and out of scope.

Each takes one student's case, changes one or both sides if it fits, and returns whether it did.
"""

from datetime import date

from senr_duck.sample.case import Case, is_this_year
from senr_duck.sample.days import IMPOSSIBLE_DAY, day_number, school_years
from senr_duck.sample.enrollment import (
    E155,
    E156,
    GRADE_12,
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
    """Move a graduation from last June to July in CALPADS, and add it to the keep list."""
    if not _graduate_in_summer(case, 1):
        return False
    case.keep_why = "summer graduate entered by hand"
    return True


def graduate_unlisted(case: Case) -> bool:
    """Move a graduation from last June to July in CALPADS, without adding it to the keep list."""
    return _graduate_in_summer(case, 1)


def graduate_in_earlier_summer(case: Case) -> bool:
    """Move a graduation from June of the year before to July, only in CALPADS."""
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
    """Remove the first enrollment, one of the first school year, from the SIS."""
    if len(case.truth) == 1 or case.truth[0].start >= school_years()[1].first_day:
        return False
    del case.sis[0]
    return True


def stay_open(case: Case) -> bool:
    """Leave an earlier year's only enrollment open in CALPADS, and remove it from the SIS."""
    last = case.left()
    if last is None or is_this_year(last) or len(case.truth) > 1:
        return False
    case.ods[-1] = reopen(last)
    case.sis.clear()
    return True


def leave_no_show(case: Case) -> bool:
    """Remove a no-show of this year from the SIS."""
    if len(case.truth) > 1 or case.truth[0].outcome != N470 or not is_this_year(case.truth[0]):
        return False
    case.sis.clear()
    return True


def return_soon(case: Case) -> bool:
    """Add to CALPADS that a student who left returns after the as-of date."""
    last = case.left()
    if last is None or not is_this_year(last):
        return False
    case.ods.append(reopen(last)._replace(start=day_number(date(2026, 11, 2))))
    return True


def arrive_soon(case: Case) -> bool:
    """Let a new student start after the as-of date, only in the SIS."""
    last = case.arrived_now()
    if last is None:
        return False
    case.ods.clear()
    case.sis[-1] = last._replace(start=day_number(date(2026, 11, 9)))
    return True


def miss_history(case: Case) -> bool:
    """Remove an earlier year's enrollment, closed in the SIS, from CALPADS."""
    first = case.truth[0]
    stored = first.outcome.reason == "E230" or first.outcome.reason[:1] == "T"
    if first.status != PRIMARY or not stored or is_this_year(first):
        return False
    del case.ods[0]
    return True


def mistype_exit_date(case: Case) -> bool:
    """Give the SIS an exit date that is not a real date."""
    last = case.open_now()
    if last is None:
        return False
    case.sis[-1] = last._replace(exit_day=IMPOSSIBLE_DAY, outcome=T160)
    return True


def blank_grade(case: Case) -> bool:
    """Blank the grade in the SIS."""
    last = case.open_now()
    if last is None:
        return False
    case.sis[-1] = last._replace(grade="")
    return True


def use_unknown_code(case: Case) -> bool:
    """Give the SIS a local transfer code without a translation."""
    last = case.open_now()
    if last is None:
        return False
    case.sis[-1] = last._replace(transfer="9")
    return True


def lack_ssid(case: Case) -> bool:
    """Blank the SSID of a new student in the SIS, and remove the student from CALPADS."""
    if case.arrived_now() is None:
        return False
    case.ods.clear()
    case.sis_person = case.sis_person._replace(ssid="")
    return True


def contradict_completion(case: Case) -> bool:
    """Give the SIS a completion status together with a transfer."""
    last = case.left()
    # 480 is not for grade 12.
    if last is None or last.grade == GRADES[GRADE_12]:
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
