"""What is read about a student from the published database."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from senr_duck.student.read_student import (
    Difference,
    Enrollment,
    Finding,
    RecordReason,
    Student,
    read_students,
)
from tests.support.command_line import run
from tests.support.extracts import (
    ADAMS,
    BAKER,
    YEAR,
    closed,
    record,
    write_ods,
    write_sis,
)


@pytest.fixture(scope="module")
def published(every_class_run: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(every_class_run / "senr.duckdb", read_only=True) as con:
        yield con


def read_one(con: duckdb.DuckDBPyConnection, key: str) -> Student:
    (found,) = read_students(con, [key])
    return found


def test_without_keys_all_students_with_something_sent_on_hold_or_listed_are_read(
    published: duckdb.DuckDBPyConnection,
) -> None:
    found = read_students(published)
    assert [student.key for student in found] == [
        "1000000002",
        "1000000003",
        "1000000004",
        "1000000005",
        "1000000006",
        "1000000007",
        "1000000008",
        "1000000009",
        "1000000011",
    ]
    assert [student.key for student in found if student.is_held] == ["1000000009", "1000000011"]


def test_a_student_read_alone_is_the_student_read_among_all(
    published: duckdb.DuckDBPyConnection,
) -> None:
    for student in read_students(published):
        assert read_one(published, student.key) == student


def test_students_come_in_the_order_of_their_keys_and_unknown_keys_not_at_all(
    published: duckdb.DuckDBPyConnection,
) -> None:
    keys = ["1000000003", "9999999999", "1000000001", "1000000003"]
    found = read_students(published, keys)
    assert [student.key for student in found] == ["1000000001", "1000000003"]
    assert read_students(published, []) == ()


def test_a_pair_that_differs_is_read_from_all_sides(
    published: duckdb.DuckDBPyConnection,
) -> None:
    open_record = {
        "ods_line": 2,
        "sis_line": 2,
        "school": ADAMS,
        "start": "2025-08-14",
        "status": "10",
        "grade": "05",
        "completion_status": None,
        "record_class": "exit",
        "reason": "EXIT-ADDED",
        "file": "002_Exits.txt",
    }
    no_exit = {"exit": None, "exit_reason": None}
    left = {"exit": "2025-12-01", "exit_reason": "T160"}
    none = {"action_id": None, "exit_outcome": None}
    found = read_one(published, "1000000002")
    in_ods, in_sis = ({"line_number": 2, "file_name": f"{side}.txt"} for side in ("ods", "sis"))
    assert found.ods == (Enrollment("ods", **open_record, **no_exit, **none, **in_ods),)
    assert found.sis == (Enrollment("sis", **open_record, **left, **none, **in_sis),)
    as_given = {"action_id": None, "exit_outcome": "AS-GIVEN", **in_sis}
    assert found.target == (Enrollment("target", **open_record, **left, **as_given),)
    (planned,) = found.planned
    sent = {"action_id": planned.action_id, "exit_outcome": None}
    sent |= {"line_number": None, "file_name": None}
    assert planned == Enrollment("planned", **open_record, **left, **sent)
    assert planned.action_id is not None
    assert len(planned.action_id) == 32
    assert found.differences == (
        Difference(2, 2, "enrollment_exit_date", None, "2025-12-01"),
        Difference(2, 2, "student_exit_reason_code", None, "T160"),
    )
    assert (found.ssid, found.local_student_id, found.name) == ("1000000002", "L0002", "Nuñez, Ana")
    assert found.findings == ()


def test_a_student_with_a_removal_has_the_other_record_too(
    published: duckdb.DuckDBPyConnection,
) -> None:
    found = read_one(published, "1000000005")
    shown = [(one.school, one.record_class, one.file) for one in found.ods]
    assert shown == [(ADAMS, "same", None), (BAKER, "remove", "001_Removals.txt")]
    assert [(one.school, one.record_class) for one in found.sis] == [(ADAMS, "same")]
    assert [(one.school, one.start, one.file) for one in found.planned] == [
        (BAKER, "2025-09-01", "001_Removals.txt")
    ]


def test_a_held_student_has_findings_with_their_fix_and_nothing_planned(
    published: duckdb.DuckDBPyConnection,
) -> None:
    found = read_one(published, "1000000009")
    assert found.planned == ()
    assert [one.record_class for one in (*found.ods, *found.sis)] == ["held", "held"]
    assert found.findings == (
        Finding(
            "fatal",
            "GERR0002",
            8,
            7,
            "grade_level_code",
            "99",
            "the value is not one of CALPADS's codes for this field: Grade Level Code is 99 "
            f"(CALPADS has 05). Both have it at {ADAMS} from 2025-08-14, open.",
            "choose a valid code in the SIS, or translate the local code under [translate] in "
            "senr.toml, then run again",
        ),
    )
    # why the record would be sent if its student were not on hold
    assert found.reasons == (
        RecordReason(
            8,
            7,
            "update",
            "FIELDS-CHANGED",
            "Grade Level Code is 05 in CALPADS and 99 in the SIS.",
        ),
    )


def test_a_no_show_is_planned_with_an_exit_that_neither_side_has(
    published: duckdb.DuckDBPyConnection,
) -> None:
    found = read_one(published, "1000000006")
    assert found.sis == ()
    (planned,) = found.planned
    assert (planned.exit, planned.exit_reason) == ("2025-08-13", "N470")
    assert (found.ods[0].exit, found.ods[0].record_class) == (None, "no_show")


def test_the_name_is_the_sis_s_and_unreadable_values_are_shown_unchanged(
    tmp_path: Path,
) -> None:
    both = record("1000000001", ADAMS, YEAR, student_legal_last_name="Old")
    newer = {
        "student_legal_last_name": "New",
        "student_legal_middle_name": "Mia",
        "student_legal_name_suffix": "Jr",
        "local_student_id": "L9",
    }
    later = record("1000000001", BAKER, "20260105", **newer)
    nameless = {"student_legal_last_name": "", "student_legal_first_name": ""}
    stray = record("", ADAMS, "2025-13-01", local_student_id="L7", **nameless)
    write_ods(tmp_path / "ods.txt", [closed(both, "20260102", "T160")])
    write_sis(tmp_path / "sis.txt", [later, closed(both, "20260102", "T160"), stray])
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    with duckdb.connect(tmp_path / "senr.duckdb", read_only=True) as con:
        named, unnamed = read_students(con)
    assert (named.key, named.name, named.local_student_id) == (
        "1000000001",
        "New Jr, Ana Mia",
        "L9",
    )
    assert [one.start for one in named.sis] == ["2025-08-14", "2026-01-05"]
    assert (unnamed.key, unnamed.ssid, unnamed.name) == ("local L7", None, None)
    assert [one.start for one in unnamed.sis] == ["2025-13-01"]
    assert unnamed.is_held
