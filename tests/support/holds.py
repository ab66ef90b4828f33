"""Which made-up students may be on hold according to the contract, found without the views."""

from datetime import date

from senr_duck.simulate import Record as Posted
from tests.support.convergence import Scope, breaks_a_rule
from tests.support.districts import Student
from tests.support.extracts import Record
from tests.support.lives import fits, is_open, key_of, read_day, year_of


def may_be_held(student: Student, scope: Scope) -> bool:
    """Return whether there is a reason to put the student on hold (contract, sections 4 and 5).

    The reasons: the final records in CALPADS would break a rule; a completer, or a record in
    addition to one that is not sent, is only in CALPADS; the last record cannot become a no-show;
    the SIS extract does not have the school.
    """
    ods = {key_of(one): one for one in student.ods}
    truth = {key_of(one): one for one in student.truth}
    sis = {key_of(one): one for one in student.sis}
    known = {key: one.get("enrollment_exit_date", "") for key, one in ods.items()}
    unsent = {key for key in truth if key not in ods and scope.withholds(key, known)}
    unsent |= {key for key in truth if not scope.covers(key)}
    sent = [one for key, one in truth.items() if key not in unsent]
    alone = {key: one for key, one in ods.items() if key not in truth or key in unsent}
    staying = [one for key, one in alone.items() if scope.keeps(key)]
    leaving = [one for key, one in alone.items() if not scope.keeps(key)]
    added_years = {year_of(truth[key]) for key in truth.keys() - ods.keys() - unsent}
    at_the_end = [Posted(**one) for one in (*sent, *staying)]
    return (
        len(truth) < len(student.truth)
        or len(ods) < len(student.ods)
        or not fits(sent, scope.as_of)
        or breaks_a_rule(at_the_end, scope.as_of)
        or any(_is_kept_by_hand(one) for one in leaving)
        or any(year_of(one) not in added_years and not _has_school(scope, one) for one in leaving)
        or any(_overlap(one, sis[key]) for one in leaving for key in unsent)
        or (len(leaving) == len(ods) > 0 and not _can_stay_as_no_show(leaving, sent, scope))
    )


def _is_kept_by_hand(one: Record) -> bool:
    status = one.get("student_school_completion_status_code", "")
    return status not in ("", "480", "485")


def _has_school(scope: Scope, one: Record) -> bool:
    """Return whether the SIS extract has the record's school in its school year."""
    first = f"{year_of(one)}0701"
    last = f"{year_of(one) + 1}0630"
    school = one["school_of_attendance"]
    return any(key[0] == school and first <= key[2] <= last for key in scope.sis_exits)


def _overlap(one: Record, other: Record) -> bool:
    # One-day records overlap if they start on the same day.
    is_same_start = _start(one) == _start(other)
    return is_same_start or (_start(one) < _end(other) and _start(other) < _end(one))


def _start(one: Record) -> date:
    return read_day(one["enrollment_start_date"])


def _end(one: Record) -> date:
    return date.max if is_open(one) else read_day(one["enrollment_exit_date"])


def _can_stay_as_no_show(leaving: list[Record], sent: list[Record], scope: Scope) -> bool:
    """Return whether one of the records may stay if all records in CALPADS would be removed."""
    if any(Posted(**one).student_exit_reason_code == "N470" for one in leaving):
        return True
    candidates = [one for one in leaving if one["enrollment_status_code"] != "20"]
    if not candidates or sent:
        return bool(candidates)
    last = max(candidates, key=lambda o: (o["enrollment_start_date"], o["school_of_attendance"]))
    is_free = is_open(last) or last["student_exit_reason_code"] in ("E155", "E156", "E170")
    return last["enrollment_start_date"] >= scope.year_start and is_free
