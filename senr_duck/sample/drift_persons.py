"""Drifts in who a student is: other SSIDs, other local student IDs, other persons.

Each takes one student's case, changes one or both sides if it fits, and returns whether it did.
"""

from senr_duck.sample.case import Case, is_this_year
from senr_duck.sample.days import iso_text, school_years
from senr_duck.sample.enrollment import GRADES, KN, T160
from senr_duck.sample.people import make_other_person


def retire_ssid(case: Case) -> bool:
    """Leave the student's records under a retired SSID in CALPADS; the SIS has the new one."""
    if case.open_now() is None:
        return False
    # No student has the number before an SSID.
    case.ods_person = case.ods_person._replace(ssid=str(int(case.ods_person.ssid) - 1))
    return True


def share_ssid(case: Case) -> bool:
    """Give a new student in the SIS the SSID of one who left the district last year."""
    last = case.arrived_now()
    if last is None or GRADES.index(last.grade) <= KN:
        return False
    person, year = case.sis_person, school_years()[-2]
    # In the same calendar year, because another birth year would be a finding of its own.
    birth_day = person.birth_day + 1
    if iso_text(birth_day)[:4] != iso_text(person.birth_day)[:4]:
        birth_day -= 2
    case.ods_person = make_other_person(case.rng, person)._replace(
        ssid=person.ssid,
        local_student_id=_old_local_student_id(person.local_student_id),
        birth_day=birth_day,
        gender=person.gender,
    )
    exit_day = year.school_days[len(year.school_days) // 2]
    case.ods[:] = [last._replace(start=year.first_day, exit_day=exit_day, outcome=T160)]
    return True


def keep_old_local_student_id(case: Case) -> bool:
    """Leave another local student ID in CALPADS."""
    last = case.truth[-1]
    if not is_this_year(last):
        return False
    case.ods_person = case.ods_person._replace(
        local_student_id=_old_local_student_id(case.ods_person.local_student_id)
    )
    return True


def _old_local_student_id(local_student_id: str) -> str:
    """Return an ID that no other student has: all of today's IDs have 7 digits."""
    return f"1{local_student_id}"
