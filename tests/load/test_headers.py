"""What the names in a header mean, and what is said of the others."""

import re
from datetime import date

import pytest

from senr_duck.errors import InputError
from senr_duck.load.headers import ColumnNames, match_header
from senr_duck.reference.column_names import suggest_columns
from senr_duck.reference.layout import layout_on
from senr_duck.reference.resources import read_reference

LAYOUT = layout_on(date(2025, 10, 1))
KNOWN = ColumnNames(LAYOUT)
REQUIRED = [
    *("Reporting LEA", "School of Attendance", "SSID", "Local Student ID"),
    *("Enrollment Start Date", "Enrollment Exit Date", "Student Exit Reason Code"),
]
WRONG = "export every field under its official name, in any order"

OWN_NAMES = (
    f"{WRONG}, or list the file's own names under [columns] in senr.toml "
    "(`senr-duck init` writes one)"
)
DRAFT = ColumnNames(LAYOUT, is_draft=True)


def refuse(names: list[str], known: ColumnNames = KNOWN) -> tuple[str, str]:
    with pytest.raises(InputError) as refusal:
        match_header(names, "sis.csv", known)
    return str(refusal.value), refusal.value.hint


@pytest.mark.parametrize("missing", REQUIRED)
def test_each_required_column_is_missed(missing: str) -> None:
    message, hint = refuse([name for name in REQUIRED if name != missing])
    assert (message, hint) == (f"sis.csv lacks required columns: {missing}", WRONG)


def test_names_that_mean_nothing_yet_are_listed_with_what_they_probably_are() -> None:
    names = [*REQUIRED[:4], "Enter Date", "Leave Date", "Leave Code", "Teacher", "Sex"]
    assert refuse(names) == (
        "sis.csv lacks required columns: Enrollment Start Date, Enrollment Exit Date, "
        "Student Exit Reason Code; columns with an unknown name: Enter Date, Leave Date, "
        "Leave Code, Teacher, Sex",
        f"{OWN_NAMES}, such as\n"
        "      [columns]\n"
        '      "Enter Date" = "enrollment_start_date"\n'
        '      "Leave Date" = "enrollment_exit_date"\n'
        '      "Leave Code" = "student_exit_reason_code"\n'
        '      "Sex" = "student_gender_code"',
    )


def test_names_without_a_likely_meaning_are_listed() -> None:
    assert refuse([*REQUIRED[:6], "Teacher"]) == (
        "sis.csv lacks required columns: Student Exit Reason Code; "
        "columns with an unknown name: Teacher",
        OWN_NAMES,
    )


@pytest.mark.parametrize(
    "value", ["2100000001", "20150310", "a text that is longer than any name of a column " * 2]
)
def test_a_header_that_seems_to_hold_a_student_shows_shapes_alone(value: str) -> None:
    message, hint = refuse([*REQUIRED[:6], "Ana", value])
    assert message.startswith(
        "sis.csv lacks required columns: Student Exit Reason Code; "
        "columns with an unknown name: AAA, "
    )
    assert value not in message + hint
    assert "Ana" not in message + hint
    (notice, *_) = match_header([*REQUIRED, "Ana", value], "sis.csv", KNOWN).notices
    assert notice.startswith("sis.csv: unknown columns are ignored: AAA, ")


def test_a_name_of_the_district_means_its_column_in_any_spelling() -> None:
    known = ColumnNames(LAYOUT, {"leave_date": "enrollment_exit_date"})
    names = [*REQUIRED[:5], " LEAVE-date", REQUIRED[6]]
    header = match_header(names, "sis.csv", known)
    assert header.columns[5] == "enrollment_exit_date"
    assert not [notice for notice in header.notices if "unknown" in notice]


def test_a_name_of_the_district_comes_before_an_official_name() -> None:
    own = {"school_of_attendance": "next_school_of_attendance", "site": "school_of_attendance"}
    names = ["Site", *REQUIRED]
    assert match_header(names, "sis.csv", ColumnNames(LAYOUT, own)).known == (
        "school_of_attendance",
        "reporting_lea",
        "next_school_of_attendance",
        *("ssid", "local_student_id", "enrollment_start_date"),
        *("enrollment_exit_date", "student_exit_reason_code"),
    )


def test_a_column_under_both_its_names_occurs_twice() -> None:
    known = ColumnNames(LAYOUT, {"leave_date": "enrollment_exit_date"})
    message, _ = refuse([*REQUIRED, "Leave Date"], known)
    assert message == "sis.csv has columns that occur twice: Enrollment Exit Date"


def test_names_of_the_district_that_a_file_lacks_are_a_notice_where_they_are_missed() -> None:
    own = {"grade": "grade_level_code", "leave_date": "enrollment_exit_date"}
    header = match_header(REQUIRED, "sis.csv", ColumnNames(LAYOUT, own))
    assert header.notices[0] == (
        "sis.csv: has no column with these names of [columns] in senr.toml: grade"
    )


def test_the_lea_may_be_missing_if_the_run_is_for_one() -> None:
    header = match_header(REQUIRED[1:], "sis.csv", ColumnNames(LAYOUT, lea="1964733"))
    assert header.notices[0] == (
        "sis.csv: without the column Reporting LEA; all records are read as those of LEA 1964733"
    )


def test_columns_about_the_student_may_be_missing() -> None:
    (*_, notice) = match_header(REQUIRED, "sis.csv", KNOWN).notices
    assert notice == (
        "sis.csv: columns missing (updates keep CALPADS's value, a student with a record to add "
        "is on hold): Student Legal First Name, Student Legal Last Name, Student Birth Date, "
        "Student Gender Code, Student Birth Country Code"
    )


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("StudentID", "local_student_id"),
        ("Perm ID", "local_student_id"),
        ("State_StudentNumber", "ssid"),
        ("EntryDate", "enrollment_start_date"),
        ("Withdrawal Reason", "student_exit_reason_code"),
        ("Grade_Level", "grade_level_code"),
        ("SchoolID", "school_of_attendance"),
        ("DOB", "student_birth_date"),
        ("Enrolment Start Date", "enrollment_start_date"),
        ("Homeroom", None),
        ("School Name", None),
        ("", None),
    ],
)
def test_what_a_name_probably_means(name: str, column: str | None) -> None:
    columns = {field.column: field.name for field in LAYOUT.upload}
    assert suggest_columns([name], columns).get(name) == column


def test_the_usual_names_are_letters_of_known_columns_each_once() -> None:
    rows = [(row["name"], row["column"]) for row in read_reference("usual_names.csv")]
    assert len(set(rows)) == len(rows)
    assert {column for _, column in rows} <= {field.column for field in LAYOUT.upload}
    assert [name for name, _ in rows if not re.fullmatch("[a-z0-9]+", name)] == []


def test_no_column_is_suggested_twice_and_none_that_is_not_missing() -> None:
    missing = {"student_exit_reason_code": "Student Exit Reason Code", "ssid": "SSID"}
    names = ["Exit Code", "Leave Code", "Student ID", "Grade"]
    assert suggest_columns(names, missing) == {
        "Exit Code": "student_exit_reason_code",
        "Student ID": "ssid",
    }


def test_a_draft_requires_no_column_and_has_the_names_to_be_learned() -> None:
    header = match_header(["SSID", "Enter Date", "", "Teacher"], "sis.csv", DRAFT)
    assert header.columns == ("ssid", None, None, None)
    assert header.unknown_names == ("Enter Date", "Teacher")


@pytest.mark.parametrize(
    ("names", "in_a_run", "in_a_draft"),
    [
        (["Perm ID", "Grade", "Sex"], 0, 3),
        (["Perm ID", "Grade", "Teacher"], 0, 0),  # too few to be a header
        (["SSID", "Grade", "Teacher"], 1, 1),
        (["SSID", "Grade", "Sex", "Teacher"], 1, 3),
    ],
)
def test_names_that_vendors_use_count_in_a_draft_if_there_are_three(
    names: list[str], in_a_run: int, in_a_draft: int
) -> None:
    assert KNOWN.count(names) == in_a_run
    assert DRAFT.count(names) == in_a_draft
