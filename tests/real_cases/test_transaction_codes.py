"""The SIS's own SENR file carries transaction codes: D says that there is no such enrollment."""

from pathlib import Path

import pytest

from tests.real_cases.command import Done, run_command, write_sides
from tests.real_cases.notation import Case, plain_students

CASES = (
    Case(
        "60",
        "a deletion of what CALPADS holds, the student's only record",
        ods="E1 250811-",
        sis="D E1 250811-",
        sent=("002_Exits: E1 250811-250810 N470",),
        warned=("OPEN-TO-NO-SHOW",),
        listed=("SIS-DELETION",),
    ),
    Case(
        "60a",
        "a deletion of one of two records that CALPADS holds",
        ods="E1 250811-; E2 250901- st20",
        sis="E1 250811-; D E2 250901- st20",
        sent=("001_Removals: D E2 250901- st20",),
        listed=("SIS-DELETION",),
    ),
    Case(
        "60b",
        "a deletion and an enrollment of one key: the enrollment counts",
        ods="E1 250811-",
        sis="D E1 250811-; A E1 250811-",
        listed=("SIS-DELETION",),
    ),
    Case(
        "61",
        "a deletion of what CALPADS does not hold is never added",
        sis="D E2 250820-",
        listed=("SIS-DELETION",),
    ),
    Case(
        "62",
        "the old start deleted, the new one added: the old one is the only record",
        ods="E1 250811-",
        sis="D E1 250811-; A E1 250814-",
        sent=("002_Exits: E1 250811-250810 N470", "003_Updates: E1 250814-"),
        warned=("OPEN-TO-NO-SHOW",),
        listed=("SIS-DELETION",),
    ),
    Case(
        "63",
        "a replacing record is taken as the enrollment",
        ods="E1 250811-",
        sis="R E1 250811-250919 T160",
        sent=("002_Exits: E1 250811-250919 T160",),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_transaction_code(case: Case, october: Done) -> None:
    october.check(case)


def test_case_60_a_deletion_line_is_out_of_scope(october: Done) -> None:
    assert october.summary["sis"].get("out_of_scope") == 5


def test_case_63_the_run_says_that_it_took_r_as_an_enrollment(october: Done) -> None:
    assert "transaction code R" in october.words


def test_case_60_a_file_of_changes_is_not_one_of_enrollments(tmp_path: Path) -> None:
    plain = plain_students()
    deleted = [{**one, "transaction_type_code": "D"} for one in plain[:11]]
    replaced = [{**one, "transaction_type_code": "R"} for one in plain[11:22]]
    sides = write_sides(tmp_path, plain, [*deleted, *replaced, *plain[22:]])
    done = run_command(tmp_path, *sides)
    assert done.status == 1
    assert "22 of 100" in done.words
    assert "transaction" in done.words.lower()
    assert done.records == []
