"""Small LEAs and schools, in the seasons of the year: nobody is on hold who should not be."""

from pathlib import Path

import pytest

from tests.districts.sound import (
    GRADES,
    both_years,
    leave,
    make_students,
    read_rows,
    run_once,
)
from tests.support.extracts import ADAMS, BAKER, Record

pytestmark = pytest.mark.slow

AS_OF = "2025-10-15"


def test_forty_small_leas_with_the_same_local_student_ids_hold_nobody(tmp_path: Path) -> None:
    """Of the fifteen students of each LEA, one leaves, one is new, and one never came."""
    ods: list[Record] = []
    sis: list[Record] = []
    for place in range(40):
        students = [
            {
                **student,
                "local_student_id": f"{number}",
                "school_of_attendance": f"{6_000_000 + place}",
            }
            for number, student in enumerate(
                make_students(
                    15, seed=100 + place, lea=f"{1_900_000 + place}", first_number=15 * place
                )
            )
        ]
        ods += both_years(students[:13], "E155") + [students[13]]
        sis += both_years([*students[:12], leave(students[12])]) + [students[14]]
    outcome = run_once(tmp_path, ods, sis, AS_OF, "--all-leas")
    assert outcome.held == {}
    assert outcome.all_held == 0
    assert outcome.classes == {"add": 40, "exit": 40, "no_show": 40}


def test_in_june_only_the_top_grades_stay_open_without_a_school_list(tmp_path: Path) -> None:
    """A school of 300 students with grades K to 5, and one of fifteen with grades 6 to 8."""
    students = make_students(300, seed=5)
    for number, student in enumerate(make_students(15, seed=6, first_number=301)):
        grade = ("06", "07", "08")[number % 3]
        students.append({**student, "school_of_attendance": BAKER, "grade_level_code": grade})
    outcome = run_once(tmp_path, both_years(students, "E155"), both_years(students), "2026-06-12")
    assert outcome.held == {}
    assert outcome.all_held == 0
    closed_grades = read_rows(
        outcome.database,
        "select distinct school_of_attendance, grade_level_code, student_exit_reason_code "
        "from recon.target_enrollment where enrollment_exit_date = date '2026-06-05' order by all",
    )
    assert closed_grades == [
        *((ADAMS, grade, "E155") for grade in sorted(GRADES[:-1])),
        (BAKER, "06", "E155"),
        (BAKER, "07", "E155"),
    ]
    left_open = read_rows(
        outcome.database,
        "select distinct school_of_attendance, grade_level_code from recon.target_enrollment "
        "where enrollment_exit_date is null order by all",
    )
    assert left_open == [(ADAMS, "05"), (BAKER, "08")]


def test_on_the_first_day_of_school_only_new_students_without_ssid_are_on_hold(
    tmp_path: Path,
) -> None:
    """Of 500 students, 60 are new and have no SSID; CALPADS has nobody of this year yet."""
    students = make_students(500, seed=7)
    ods = both_years(students[:440], "E155")[::2]
    new = [{**student, "ssid": ""} for student in students[440:]]
    outcome = run_once(tmp_path, ods, [*both_years(students[:440]), *new], "2025-08-14")
    assert outcome.held == {}
    assert outcome.all_held == 60
    assert outcome.classes == {"add": 440, "held": 60}


def test_a_preschool_that_another_system_keeps_is_on_hold_and_stops_nothing(
    tmp_path: Path,
) -> None:
    """CALPADS has fifteen preschool students at a school that the SIS extract lacks."""
    students = make_students(585, seed=8)
    preschool = [
        {**student, "school_of_attendance": BAKER, "grade_level_code": "PS"}
        for student in make_students(15, seed=9, first_number=586)
    ]
    ods = [*both_years(students, "E155"), *preschool]
    outcome = run_once(tmp_path, ods, both_years(students), AS_OF)
    assert outcome.held == {"SCHOOL-ABSENT": 15}
    assert outcome.all_held == 15
