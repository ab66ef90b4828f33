"""One school, one LEA, and what a run leaves out."""

from pathlib import Path

import pytest

from tests.real_cases.command import CALENDAR, reconcile, run_command, write_sides
from tests.real_cases.notation import Case, plain_students
from tests.real_cases.schools import LISTED, write_school_list

CHARTER = "1933746"
NOT_REPORTED = """
[schools]
do_not_report = ["1931476"]
"""

ONE_SCHOOL = Case(
    "99",
    "one school only, and the student came from another one",
    ods="E1 250811-",
    sis="E1 250811-250912 T160; E2 250915-",
    held=("SENR0027",),
    says=("--school",),
    never_says=("close or delete the other enrollment",),
)

LEAVES_FOR_NOT_REPORTED = Case(
    "100",
    "moved to a Do Not Report school: the exit alone",
    ods="H1 250811-",
    sis="H1 250811-250912 T160; H2 250915-",
    sent=("002_Exits: H1 250811-250912 T160",),
)
IS_AT_NOT_REPORTED = Case(
    "100a",
    "at a Do Not Report school from day one",
    ods="H1 250811-",
    sis="H2 250811-",
    held=("SCOPE-EDGE",),
    says=("do_not_report",),
)

LEAVES_CHARTER = Case(
    "87",
    "an exit at a charter whose LEA code is its school code",
    ods=f"{CHARTER} 250811- lea={CHARTER}",
    sis=f"{CHARTER} 250811-250912 T160 lea={CHARTER}",
    sent=(f"002_Exits: {CHARTER} 250811-250912 T160",),
)
COMES_TO_CHARTER = Case(
    "87a",
    "a new student there",
    sis=f"{CHARTER} 250825- lea={CHARTER}",
    sent=(f"003_Updates: {CHARTER} 250825-",),
)


def test_case_99_the_exit_at_the_other_school_is_left_out_by_the_option(tmp_path: Path) -> None:
    reconcile(tmp_path, [ONE_SCHOOL], "--school", "6016018").check(ONE_SCHOOL)


def test_case_100_a_do_not_report_school(tmp_path: Path) -> None:
    cases = [LEAVES_FOR_NOT_REPORTED, IS_AT_NOT_REPORTED]
    done = reconcile(tmp_path, cases, config=CALENDAR + NOT_REPORTED)
    for case in cases:
        done.check(case)


def charter_students() -> list[dict[str, str]]:
    fields = {"grade_level_code": "10", "student_birth_date": "20100303"}
    return plain_students(reporting_lea=CHARTER, school_of_attendance=CHARTER, **fields)


def test_case_87_an_independently_reporting_charter_is_as_any_lea(tmp_path: Path) -> None:
    cases = [LEAVES_CHARTER, COMES_TO_CHARTER]
    folder = write_school_list(tmp_path)
    done = reconcile(folder, cases, config=CALENDAR + LISTED, plain=charter_students())
    for case in cases:
        done.check(case)
    assert {one.fields["reporting_lea"] for one in done.records} == {CHARTER}


def test_case_88_the_charters_sis_writes_the_authorizers_lea(tmp_path: Path) -> None:
    ods = charter_students()
    sis = [{**one, "reporting_lea": "1964733"} for one in ods]
    done = run_command(tmp_path, *write_sides(tmp_path, ods, sis))
    assert done.status == 1
    assert CHARTER in done.words
    assert "1964733" in done.words
    assert "LEA" in done.words
    assert [words for words in ("None", "SCOPE-EDGE") if words in done.words] == []


@pytest.fixture
def two_leas() -> list[dict[str, str]]:
    """Give the students of a district and of a charter, with SSIDs of their own."""
    charter = [{**one, "ssid": f"22{one['ssid'][2:]}"} for one in charter_students()]
    return [*plain_students(), *charter]


def test_case_89_the_sis_has_another_lea_too(
    tmp_path: Path, two_leas: list[dict[str, str]]
) -> None:
    done = run_command(tmp_path, *write_sides(tmp_path, plain_students(), two_leas))
    assert (done.status, done.records) == (0, [])
    assert done.summary["sis"] == {"lines": 200, "same": 100, "out_of_scope": 100}
    assert CHARTER in done.words


def test_case_89_with_two_leas_in_both_extracts_the_run_asks_which(
    tmp_path: Path, two_leas: list[dict[str, str]]
) -> None:
    done = run_command(tmp_path, *write_sides(tmp_path, two_leas, two_leas))
    assert done.status == 2
    assert [words for words in ("--lea", "1964733", CHARTER) if words not in done.words] == []
