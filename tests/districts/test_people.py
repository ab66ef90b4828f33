"""Corrections, twins and new local student IDs: nobody is taken for somebody else."""

from pathlib import Path

import pytest

from tests.districts.sound import both_years, leave, make_students, run_once
from tests.support.extracts import Record

pytestmark = pytest.mark.slow

AS_OF = "2025-10-15"


def test_corrected_names_and_birth_dates_hold_nobody(tmp_path: Path) -> None:
    """A fifth of 600 students are corrected in the SIS, and every one of them leaves."""
    students = make_students(600, seed=1)
    sis = []
    for number, student in enumerate(students):
        last = student["student_legal_last_name"]
        day = student["student_birth_date"]
        moved = f"{day[:6]}{int(day[6:]) % 28 + 1:02}"
        changes = {
            0: {"student_legal_last_name": f"{last}-Mora"},
            1: {"student_legal_first_name": "Guadalupe"},
            2: {"student_birth_date": moved},
            # adopted: another first name and last name
            3: {"student_legal_first_name": "Rosario", "student_legal_last_name": "Villanueva"},
            4: {"student_legal_first_name": "Rosario", "student_birth_date": moved},
            5: {"student_legal_last_name": last.replace("'", "\u2019").replace("-", "\u2010")},
        }.get(number % 30)
        sis.append(student if changes is None else leave({**student, **changes}))
    outcome = run_once(tmp_path, both_years(students, "E155"), both_years(sis), AS_OF)
    assert outcome.held == {}
    assert outcome.all_held == 0
    assert outcome.classes == {"exit": 120}


def test_twins_and_siblings_hold_nobody(tmp_path: Path) -> None:
    """Of 25 pairs of twins, CALPADS has one who never came, and lacks the one who did."""
    students = make_students(500, seed=2)
    ods, sis = list(students[:400]), list(students[:400])
    for number in range(25):
        one, other = students[400 + 2 * number], students[401 + 2 * number]
        other = _make_twin(one, other)
        if number < 15:
            ods.append(one)
            sis.append(other)
        else:
            ods += [one, other]
            sis += [leave(one), other]
    # siblings: the same last name and school
    for number in range(25):
        one, other = students[450 + 2 * number], students[451 + 2 * number]
        other = {**other, "student_legal_last_name": one["student_legal_last_name"]}
        ods.append(one)
        sis += [leave(one), other]
    outcome = run_once(
        tmp_path,
        both_years(students[:400], "E155") + ods[400:],
        both_years(students[:400]) + sis[400:],
        AS_OF,
    )
    assert outcome.held == {}
    assert outcome.all_held == 0
    assert outcome.classes == {"add": 40, "exit": 35, "no_show": 15}


def _make_twin(one: Record, other: Record) -> Record:
    same = ("student_legal_last_name", "student_birth_date", "grade_level_code")
    twin = {**other, **{column: one[column] for column in same}}
    return {**twin, "student_legal_first_name": one["student_legal_first_name"] + "bel"}


@pytest.mark.parametrize("way", ["another range", "the old range"])
def test_new_local_student_ids_for_all_hold_nobody(way: str, tmp_path: Path) -> None:
    """After a change of the SIS; a fifth of 500 students leave, come, or never came."""
    students = make_students(500, seed=3)
    old = [student["local_student_id"] for student in students]
    new = {
        "another range": [f"7{local_id}" for local_id in old],
        "the old range": old[1:] + old[:1],
    }[way]
    ods, sis = [], []
    for number, (student, local_id) in enumerate(zip(students, new, strict=True)):
        renumbered = {**student, "local_student_id": local_id}
        kind = number % 50
        if kind == 0:
            sis.append(renumbered)
        elif kind == 25:
            ods.append(student)
        else:
            ods += both_years([student], "E155")
            sis += both_years([leave(renumbered) if kind < 9 else renumbered])
    outcome = run_once(tmp_path, ods, sis, AS_OF)
    assert outcome.held == {}
    assert outcome.all_held == 0
    assert outcome.classes == {"add": 10, "exit": 80, "no_show": 10}
