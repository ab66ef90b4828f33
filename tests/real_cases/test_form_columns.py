"""Columns in another form: read if the reading is certain, else refused by name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.real_cases.forms import (
    LEAVER,
    change_fields,
    check_read,
    check_refused,
    run_forms,
    write_forms,
)
from tests.real_cases.notation import COLUMNS, UPLOAD

DATES = ("student_birth_date", "enrollment_start_date", "enrollment_exit_date")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_forms(tmp_path)
    return tmp_path


def change_column(folder: Path, column: str, change: Callable[[str], str]) -> None:
    """Change every value of a column of sis.csv."""
    place = UPLOAD.index(column)

    def change_one(fields: list[str]) -> list[str]:
        return [*fields[:place], change(fields[place]), *fields[place + 1 :]]

    change_fields(folder / "sis.csv", change_one, ",", start=1)


def as_american(text: str) -> str:
    """Return 8/11/2025 for 20250811."""
    return f"{int(text[4:6])}/{int(text[6:])}/{text[:4]}" if text else ""


def as_time(text: str) -> str:
    """Return 2025-08-11 00:00:00.000 for 20250811."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]} 00:00:00.000" if text else ""


@pytest.mark.parametrize("change", [as_american, as_time])
def test_case_74_every_date_in_another_form_is_read(
    change: Callable[[str], str], folder: Path
) -> None:
    for column in DATES:
        change_column(folder, column, change)
    check_read(run_forms(folder, sis="sis.csv"), *DATES)


def test_case_75_a_birth_date_in_another_form_than_the_others_is_read(folder: Path) -> None:
    change_column(folder, "student_birth_date", as_american)
    check_read(run_forms(folder, sis="sis.csv"), "student_birth_date")


def test_case_75_a_column_of_words_names_the_column_and_a_value(folder: Path) -> None:
    """Every gender is spelled out: the column is named, and there is something to look at."""
    change_column(folder, "student_gender_code", lambda _: "Female")
    done = run_forms(folder, sis="sis.csv")
    check_refused(done, "student_gender_code", "AAAAAA")
    assert "Female" not in done.words
    assert (folder / "out" / "stopped" / "exceptions.csv").is_file()


def test_case_75_a_birth_date_that_cannot_be_read_is_refused_as_a_column(folder: Path) -> None:
    change_column(folder, "student_birth_date", lambda _: "5 May 2012")
    done = run_forms(folder, sis="sis.csv")
    check_refused(done, "student_birth_date", "101 of 101", "9 AAA 9999")


def test_case_76_the_word_null_names_the_fields(folder: Path) -> None:
    for column in ("enrollment_exit_date", "student_exit_reason_code"):
        change_column(folder, column, lambda text: text or "NULL")
    done = run_forms(folder, sis="sis.csv")
    check_refused(done, "enrollment_exit_date")
    assert "NULL" in done.words or "AAAA" in done.words  # the value, or its shape


def test_case_76_grades_without_zero_and_a_far_date_for_open_are_read(folder: Path) -> None:
    change_column(folder, "grade_level_code", lambda text: text.lstrip("0"))
    change_column(folder, "enrollment_exit_date", lambda text: text or "99991231")
    read = run_forms(folder, sis="sis.csv")
    check_read(read, "grade_level_code", "enrollment_exit_date")


def test_case_77_ssids_of_a_spreadsheet_and_14_digit_schools_are_read(folder: Path) -> None:
    change_column(folder, "ssid", lambda text: f"{text}.0")
    change_column(folder, "school_of_attendance", lambda text: f"1964733{text}")
    check_read(run_forms(folder, sis="sis.csv"), "ssid", "school_of_attendance")


def test_case_77_ids_that_a_spreadsheet_must_not_change_are_read(folder: Path) -> None:
    change_column(folder, "ssid", lambda text: f"'{text}")
    change_column(folder, "local_student_id", lambda text: f'"=""{text}"""')
    check_read(run_forms(folder, sis="sis.csv"), "ssid", "local_student_id")


def test_case_77_short_school_numbers_point_to_the_translation(folder: Path) -> None:
    numbers = {"6015986": "101", "6016018": "102", "6057913": "201"}
    change_column(folder, "school_of_attendance", lambda text: numbers.get(text, "301"))
    done = run_forms(folder, sis="sis.csv")
    check_refused(done, "school_of_attendance", "999", "[translate")


def test_case_78_ssids_of_the_ods_extract_in_exponents_stop_the_run(folder: Path) -> None:
    """No line of the ODS is usable, so nobody is new to CALPADS."""
    place = COLUMNS.index("ssid")
    change_fields(
        folder / "ods.txt", lambda fields: [*fields[:place], "2.9E+09", *fields[place + 1 :]]
    )
    done = run_forms(folder)
    check_refused(done, "ssid", "2.9E+09", "101 of 101")
    assert done.sent(LEAVER) == ()


def test_case_78_a_few_unreadable_ssids_are_held_line_by_line(folder: Path) -> None:
    place = COLUMNS.index("ssid")
    lines = (folder / "sis.txt").read_bytes().decode("utf-8").splitlines()
    fields = lines[1].split("^")  # an enrollment of this year
    lines[1] = "^".join([*fields[:place], "2.9E+09", *fields[place + 1 :]])
    (folder / "sis.txt").write_bytes("".join(f"{line}\r\n" for line in lines).encode("utf-8"))
    done = run_forms(folder)
    assert done.status == 0, done.words
    assert len(done.records) == 1
    assert "KEY-FORMAT" in {one["rule"] for one in done.exceptions if one["held"] == "Y"}
